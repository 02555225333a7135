"""Reading statements: the lexer, the splitter, and one module per statement family."""

from embedded.statements.split import Statement, split

__all__ = ["Statement", "split"]
