"""Run one COPY: find the objects, convert them in a thread while PostgreSQL takes the rows."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from embedded.copy import jsonpaths, time_values
from embedded.copy.fast_path import fast_path
from embedded.copy.feed import Closed, Feed
from embedded.copy.json_records import Extractor, JsonReader, Members, WholeValue
from embedded.copy.objects import open_all
from embedded.copy.options import CopyStatement
from embedded.copy.outcome import Outcome
from embedded.copy.pipeline import Pipeline, RecordReader, Rows
from embedded.copy.plan import Plan
from embedded.copy.records import LoadDies
from embedded.copy.selection import Source
from embedded.copy.storage import Storage, s3_errors, split_url
from embedded.copy.text_records import TextReader
from embedded.errors import Refused
from embedded.session import Session

_CHUNK = 4 * 2**20  # bytes; the scanner of JSON is as fast with less, polars is not


class Load:
    """The work of one COPY, after its statement was read and its objects were found."""

    def __init__(
        self, session: Session, statement: CopyStatement, plan: Plan, storage: Storage
    ) -> None:
        self._session = session
        self._statement = statement
        self._plan = plan
        self._storage = storage
        self.outcome = Outcome(statement.options.tolerated)
        self._extract: Extractor | None = None
        self._readers = self._make_readers()
        self._error: BaseException | None = None
        self.died: LoadDies | None = None

    def run(self, sources: list[Source]) -> None:
        """Load the objects; the outcome tells how that went."""
        feed = Feed()
        worker = threading.Thread(target=self._convert, args=(sources, feed), name="copy")
        worker.start()
        try:
            if self._statement.options.no_load:
                _drain(feed)
            else:
                self._session.copy_in(self._plan.copy_in, feed)
        finally:
            feed.close()
            worker.join()
        if self._error is not None:
            raise self._error

    def _convert(self, sources: list[Source], feed: Feed) -> None:
        options = self._statement.options
        rows = Rows(self._plan.columns, options, self.outcome)
        try:
            fast = fast_path(rows, self._plan.columns, options, self._extract)
            size = _CHUNK // 2 if options.format == "json" else _CHUNK
            pipeline = Pipeline(rows, fast, options, feed, size)
            pipeline.run(open_all(self._storage, sources), self._readers)
            if not self.outcome.files:
                raise LoadDies("None of the files in the manifest exist")
        except LoadDies as died:
            self.died = died
        except Closed:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            self._error = error
        finally:
            feed.finish()

    def _make_readers(self) -> Iterator[RecordReader]:
        """A reader per file, made here so that a bad jsonpaths file fails the statement at once."""
        options = self._statement.options
        columns = self._plan.columns
        time_values.check_formats(options)
        if options.format == "json":
            extract = self._extract = self._extractor()
            return iter(lambda: JsonReader(extract), None)
        if options.widths and len(options.widths) != len(columns):
            raise Refused("22023", "FIXEDWIDTH must list as many columns as the table has")
        is_text = [column.type in ("varchar", "char") for column in columns]
        return iter(lambda: TextReader(options, is_text), None)

    def _extractor(self) -> Extractor:
        names = [column.name for column in self._plan.columns]
        paths = self._statement.options.json_paths
        if paths in ("auto", "auto ignorecase"):
            return Members(names, ignore_case=paths != "auto")
        if paths == "noshred":
            self._check_noshred()
            return WholeValue()
        if not paths.startswith("s3://"):
            raise LoadDies(f"Invalid JSONPath format: '{paths}' is not a path on S3")
        bucket, key = split_url(paths)
        with s3_errors("Problem reading JSONPaths file - "):
            content = bytes(self._storage.store(bucket).get(key).bytes())
        found = jsonpaths.read_jsonpaths(content, len(names))
        return Members(names, ignore_case=False) if found is None else jsonpaths.Paths(found)

    def _check_noshred(self) -> None:
        if [column.type for column in self._plan.columns] != ["super"]:
            raise Refused("0A000", "JSON 'noshred' loads into a table with a single SUPER column")


def _drain(feed: Feed) -> None:
    while feed.read():
        pass
