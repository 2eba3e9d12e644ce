"""A reader without a browser: speaks Streamlit's protocol with a running dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import ClientConnection, connect

_SECONDS = 60


@dataclass(frozen=True)
class Screen:
    """What one rerun sent.

    Attributes:
        text: the texts, one below the other.
        errors: the boxes that say that something went wrong.
        widgets: the protocol's name of each widget by our key.
    """

    text: str
    errors: tuple[str, ...]
    widgets: Mapping[str, str]


class Reader:
    """One session of a running dashboard."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        # Of the session, told with its first run.
        self.session_id = ""

    def rerun(self, query: str = "", page: str = "", **chosen: list[str]) -> Screen:
        """Ask for the page with the states of these widgets, and of no others.

        Args:
            query: the address behind the "?".
            page: the address of the page, e.g. "kasus"; that of Ringkasan is empty.
            chosen: words that a widget shows as chosen, by the protocol's name of the widget.
        """
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        states = [
            WidgetState(id=widget, string_array_value={"data": words})
            for widget, words in chosen.items()
        ]
        message.rerun_script.widget_states.CopyFrom(WidgetStates(widgets=states))
        self._connection.send(message.SerializeToString())
        return self._screen()

    def _screen(self) -> Screen:
        texts: list[str] = []
        errors: list[str] = []
        widgets: dict[str, str] = {}
        while True:
            message = ForwardMsg.FromString(bytes(self._connection.recv(_SECONDS, decode=False)))
            if message.WhichOneof("type") == "script_finished":
                return Screen("\n".join(texts), tuple(errors), widgets)
            if message.WhichOneof("type") == "new_session":
                self.session_id = message.new_session.initialize.session_id
            if message.WhichOneof("type") != "delta":
                continue
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind is None:
                continue
            part = getattr(element, kind)
            texts.append(getattr(part, "body", ""))
            if kind == "alert":
                errors.append(part.body)
            if identity := getattr(part, "id", ""):
                widgets[identity.rsplit("-", 1)[-1]] = identity


@contextmanager
def reader(url: str) -> Iterator[Reader]:
    """Open a session."""
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    with connect(address, max_size=None) as connection:
        yield Reader(connection)
