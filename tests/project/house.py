"""The house rules that no ready-made tool checks: each takes a file and says what is wrong, line by line."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from tests.project.source import Source

Rule = Callable[[Source], Iterator[str]]

FILE_LINES, FUNCTION_LINES, CLASS_LINES = 500, 70, 400

NETWORK = frozenset(
    (
        *("socket", "ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib", "socketserver"),
        *("xmlrpc", "asyncio", "webbrowser", "requests", "httpx", "aiohttp", "urllib3", "urllib.request"),
        *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets"),
    )
)
DATABASE = frozenset(("sqlalchemy", "sqlcipher3", "alembic", "sqlite3"))
# Files that may use the tempfile module. None needs it: drafts are written beside their target.
TEMPFILE_ALLOWED: frozenset[str] = frozenset()
SQL_CALLS = frozenset(("text", "exec_driver_sql", "execute", "executemany", "executescript", "DDL"))
MUTABLE_CALLS = frozenset(("list", "dict", "set", "defaultdict", "deque", "OrderedDict", "Counter", "bytearray"))
SHOWN_CALLS = frozenset(("echo", "secho", "prompt", "confirm", "style", "UsageError", "BadParameter", "ClickException"))
SHOWN_KEYWORDS = frozenset(("help", "short_help", "epilog", "prompt", "confirmation_prompt"))


def imported(source: Source) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import, wherever it stands, by statement or by name at run time."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"} and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield node.lineno, name.value


def called(node: ast.Call) -> str:
    """The last part of what is called: "execute" for ``connection.execute(...)``."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def below(name: str, families: frozenset[str]) -> bool:
    """Whether ``name`` is one of the families or inside one of them."""
    return any(name == family or name.startswith(family + ".") for family in families)


def no_network(source: Source) -> Iterator[str]:
    """Nothing in the program can reach a network."""
    for line, name in imported(source):
        if below(name, NETWORK):
            yield f"{line}: imports {name}"


def database_only_in_storage(source: Source) -> Iterator[str]:
    """SQLAlchemy and the database driver are known in the storage room alone."""
    if source.room != "storage":
        for line, name in imported(source):
            if below(name, DATABASE):
                yield f"{line}: imports {name}"


def no_key_in_sql(source: Source) -> Iterator[str]:
    """A key written as SQL text stays in memory (finding F6); it is handed over as bytes instead."""
    docs = {id(doc) for doc in docstring_nodes(source.tree)}
    for node in ast.walk(source.tree):
        code = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        if code and re.search(r"(?i)\bpragma\s+(hex)?(re)?key\b", node.value):
            yield f"{node.lineno}: a key as SQL text"


def no_built_sql(source: Source) -> Iterator[str]:
    """Values reach SQL as bound parameters only; a statement is never put together from parts."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in SQL_CALLS and node.args and is_built(node.args[0]):
            yield f"{node.lineno}: {called(node)}() with a text put together from parts"


def is_built(node: ast.expr) -> bool:
    """Whether an expression puts a text together: an f-string with slots, % or +, or .format()."""
    match node:
        case ast.JoinedStr():
            return any(isinstance(part, ast.FormattedValue) for part in node.values)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return any(isinstance(side, (ast.Constant, ast.JoinedStr, ast.BinOp)) for side in (node.left, node.right))
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace")):
            return True
    return False


def no_open_doors(source: Source) -> Iterator[str]:
    """Calls that are never made: whichever keyring is found, opening an address, temporary files, printing."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(attr="get_keyring" | "openUrl" as name) | ast.Name(id="get_keyring" as name):
                yield f"{node.lineno}: {name}"
            case ast.Call(func=ast.Name(id="print")) if source.room not in {"cli", "__main__"}:
                yield f"{node.lineno}: print() outside the command line"
    if source.place not in TEMPFILE_ALLOWED:
        yield from (
            f"{line}: imports {name}" for line, name in imported(source) if below(name, frozenset({"tempfile"}))
        )


def small_enough(source: Source) -> Iterator[str]:
    """A file, a class and a function stay short enough to be read at once."""
    lines = len(source.text.splitlines())
    if lines > FILE_LINES and "/migrations/versions/" not in source.place:
        yield f"1: {lines} lines in a file, at most {FILE_LINES}"
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit and "/migrations/versions/" not in source.place:
                yield f"{node.lineno}: {node.name} has {length} lines, at most {limit}"


def module_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run when the module is imported, those in its branches too."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield from module_level(getattr(node, part, []))


def no_shared_state(source: Source) -> Iterator[str]:
    """No module holds a list, dictionary or set that something could change, and no function rebinds a global."""
    for node in module_level(source.tree.body):
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        literal = isinstance(value, (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp))
        if literal or (isinstance(value, ast.Call) and called(value) in MUTABLE_CALLS):
            yield f"{node.lineno}: a value that can change, at module level"
    yield from (f"{node.lineno}: global" for node in ast.walk(source.tree) if isinstance(node, ast.Global))


def docstring_nodes(tree: ast.Module) -> Iterator[ast.Constant]:
    """The docstrings of a module, its classes and functions, as nodes."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def documented(source: Source) -> Iterator[str]:
    """Every module, public class, public function and public method says what it is for."""
    if not ast.get_docstring(source.tree):
        yield "1: the module has no docstring"
    waiting: list[ast.stmt] = list(source.tree.body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) or node.name.startswith("_"):
            continue
        marks = {ast.unparse(mark).split(".")[-1] for mark in node.decorator_list}
        if not ast.get_docstring(node) and not marks & {"overload", "setter", "deleter"}:
            yield f"{node.lineno}: {node.name} has no docstring"
        if isinstance(node, ast.ClassDef):
            waiting.extend(node.body)


def literal_texts(node: ast.expr | None) -> Iterator[str]:
    """The texts written out in an expression: a literal, the fixed parts of an f-string, both sides of +."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            for value in values:
                yield from literal_texts(value)
        case ast.BinOp(left=left, right=right):
            yield from literal_texts(left)
            yield from literal_texts(right)


def says_something(node: ast.expr | None) -> bool:
    """Whether an expression holds words for a person, beyond slots in braces and signs."""
    return any(re.search(r"[^\W\d_]{2}", re.sub(r"\{[^}]*\}", "", text)) for text in literal_texts(node))


def translatable(source: Source) -> Iterator[str]:
    """Whatever a person can see is written out where gettext finds it, and marked."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = called(node)
            marked = isinstance(node.func, ast.Name) and name in {"_", "N_", "ngettext"}
            texts = node.args[:2] if name == "ngettext" else node.args[:1]
            plain = (ast.Constant,) if name == "N_" else (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)
            if marked and not all(isinstance(text, plain) for text in texts):
                yield f"{node.lineno}: {name}() around a text that is not written out"
            if source.room in {"cli", "app", "__main__"}:
                if name in SHOWN_CALLS and node.args and says_something(node.args[0]):
                    yield f"{node.lineno}: {name}() shows a text that is not marked for translation"
                for keyword in node.keywords:
                    if keyword.arg in SHOWN_KEYWORDS and says_something(keyword.value):
                        yield f"{node.lineno}: {keyword.arg}= shows a text that is not marked for translation"
        elif isinstance(node, ast.Assign) and source.place == "integrate/errors.py":
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            if names & {"what", "safe", "next", "command"} and says_something(node.value):
                yield f"{node.lineno}: a sentence that is not marked for translation"


def finished(source: Source) -> Iterator[str]:
    """Nothing is left for later, and a silenced check says why on its line."""
    left = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|NotImplemented" r"Error)\b")
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:)(?P<rest>.*)$")
    reason = re.compile(r"\s[-–#]\s*(?!noqa|type:|pragma:)\w")
    for number, line in enumerate(source.text.splitlines(), 1):
        if left.search(line):
            yield f"{number}: left for later"
        if (found := silenced.search(line)) and not reason.search(found["rest"]):
            yield f"{number}: a check is silenced without a reason"
    for node in ast.walk(source.tree):
        broad = isinstance(node, ast.ExceptHandler) and (not node.type or ast.unparse(node.type) == "Exception")
        if broad and all(isinstance(step, ast.Pass) for step in node.body):
            yield f"{node.lineno}: every error is swallowed"


@cache
def qt_names() -> frozenset[str]:
    """The names of all functions of Qt's classes, from the stubs of its Python package: nothing of Qt is loaded."""
    spec = find_spec("PySide6")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    stubs = (folder / f"{module}.pyi" for module in ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport"))
    return frozenset(name for stub in stubs for name in re.findall(r"def (\w+)\(", stub.read_text(encoding="utf-8")))


def snake_case(source: Source) -> Iterator[str]:
    """Functions are named in snake case, slots too; only what overrides a function of Qt bears Qt's name."""
    if source.room != "ui":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name != node.name.lower() and node.name not in qt_names():
            yield f"{node.lineno}: {node.name} is no function of Qt"


RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            no_network,
            database_only_in_storage,
            no_key_in_sql,
            no_built_sql,
            no_open_doors,
            small_enough,
            no_shared_state,
            documented,
            translatable,
            finished,
            snake_case,
        )
    }
)
