"""The tools that forms are filled in with, each by the columns that it adds of its own.

Owns which column belongs to the tool and what it says of a submission: its key, when it was
sent, how it was reviewed. Knows nothing of the questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from data_access.intake.files.sheets import header_words
from data_access.intake.model import CellError, CellValue, Sheet

# What later steps know a tool's columns by: the mark of all of them, and the names of some.
MARK = "_"
KEY = "_uuid"
# Another key of the same submission would only raise the question which one.
OTHER_KEY = "_other "
SENT = "_submission_time"
INDEX = "_index"
PARENT_INDEX = "_parent_index"
PARENT_TABLE = "_parent_table_name"
PARENT_KEY = "_parent_key"
# A repeat's own number below its parent, and the parent's: CommCare links by them.
NUMBER = "_number"
PARENT_NUMBER = "_number__0"

# What a telephone tells of itself in each form that it sends, if the form asks it to.
_DEVICE = frozenset(
    {"start", "end", "today", "audit", "deviceid", "subscriberid", "simserial", "simid",
     "phonenumber", "devicephonenum", "username", "instanceID", "instanceName"}
)  # fmt: skip
_INSTANCE = ("meta/instanceid", "meta-instanceid", "meta.instanceid", "meta:instanceid",
             "instanceid")  # fmt: skip
_META = re.compile(
    r"\*?(?:meta|formhub|__system)\W+(?:instance\W?(?:id|name)|rootuuid|deprecatedid|uuid|audit|"
    r"[a-z-]*version|submission\W?date|is\W?complete|date-marked-as-complete|entity.*|"
    r"review\w*|submitter\w*|updatedat|deletedat|attachments\w*|status|edits|formversion)\*?",
    re.IGNORECASE,
)
# An answer of Google: a day with a clock, in the order of the sheet's country.
_STAMP = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+\d{1,2}[.:]\d\d.*", re.DOTALL)
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|(?:\w+,\s*)?\d{1,2} [^\W\d]{3,9} \d{4}")
_GOOGLE_STAMPS = frozenset({"timestamp", "stempel waktu", "cap waktu"})
_QUIZ_SCORE = re.compile(r"\d+(?:[.,]\d+)?\s*/\s*\d+")


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool and its columns.

    Attributes:
        label: what people call it.
        system: titles of its own columns.
        folded: the same in lower case, of tools whose language people choose.
        pattern: further titles of its own.
        keys: titles of the submission's own key, best first, in lower case.
        sent: titles of the moment of sending, best first, in lower case.
        utc: titles whose moments are UTC although they do not say so, in lower case.
        names: other titles of its own -> the name that later steps know them by.
        review: titles of the state of review, in lower case.
        rejected: what it calls a submission that was turned down.
        blank: a text that stands for no answer.
        separator: what usually parts groups and questions; "" where there are no groups.
    """

    label: str
    system: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    pattern: re.Pattern[str] = re.compile(r"_.*", re.DOTALL)
    keys: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    utc: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    review: tuple[str, ...] = ()
    rejected: str = ""
    blank: str = ""
    separator: str = "/"

    def is_own(self, title: str) -> bool:
        """Whether a column is the tool's, not a question."""
        plain = title.casefold()
        return (
            title.startswith(MARK)
            or title in self.system
            or plain in self.folded
            or plain in self.names
            or plain in {*self.keys, *self.sent, *self.review}
            or _META.fullmatch(title) is not None
            or self.pattern.fullmatch(title) is not None
        )


KOBO = Tool(
    "KoboToolbox",
    _DEVICE,
    # An edited submission keeps its first key in rootUuid.
    keys=("meta/rootuuid", "meta.rootuuid", "meta-rootuuid", KEY, *_INSTANCE),
    sent=(SENT,),
    utc=frozenset({SENT, "_submission__submission_time", "_date_modified"}),
    review=("_validation_status", "_review_status"),
    rejected="Not Approved",
)
_ODK_SYSTEM = frozenset(
    {"SubmissionDate", "SubmitterID", "SubmitterName", "AttachmentsPresent",
     "AttachmentsExpected", "Status", "DeviceID", "Edits", "FormVersion", "deletedAt",
     "MarkedAsCompleteDate", "IsComplete"}
)  # fmt: skip
_ODK_KEYS = ("key", "__id", *_INSTANCE)
_ODK_NAMES = MappingProxyType({"parent_key": PARENT_KEY})
_SET_OF = re.compile(r"(?:.*\W)?set-of-.*", re.IGNORECASE | re.DOTALL)
ODK = Tool(
    "ODK",
    _DEVICE | _ODK_SYSTEM,
    pattern=_SET_OF,
    keys=_ODK_KEYS,
    sent=("submissiondate", "__system/submissiondate", "*meta-submission-date*"),
    names=_ODK_NAMES,
    review=("reviewstate", "__system/reviewstate"),
    rejected="rejected",
    separator="-",
)
SURVEYCTO = Tool(
    "SurveyCTO",
    _DEVICE
    | _ODK_SYSTEM
    | {"starttime", "endtime", "caseid", "duration", "comments", "text_audit", "formdef_version",
       "review_quality", "review_corrections", "review_comments", "sub_date"},
    pattern=_SET_OF,
    keys=_ODK_KEYS,
    sent=("submissiondate",),
    names=_ODK_NAMES,
    review=("review_status",),
    rejected="REJECTED",
    separator="-",
)  # fmt: skip
COMMCARE = Tool(
    "CommCare",
    frozenset(
        {"formid", "received_on", "completed_time", "started_time", "number", "form_link",
         "username", "caseid", "case_name", "hq_user", "app_id", "build_id", "domain", "userid"}
    ),
    pattern=re.compile(r"info\..*|form\.(?:meta|case|subcase\w*)\..*|form\.[@#].*|(?:.*\.)?@\w+"
               r"|number__\d+|.*\.case\.@.*", re.IGNORECASE | re.DOTALL),
    keys=("formid", "form.meta.instanceid", "info.formid"),
    sent=("received_on", "info.received_on", "completed_time", "info.completed_time"),
    utc=frozenset(
        {"received_on", "completed_time", "started_time", "info.received_on",
         "info.completed_time", "info.started_time"}
    ),
    names=MappingProxyType({"number": NUMBER, "number__0": PARENT_NUMBER}),
    blank="---",
    separator=".",
)  # fmt: skip
GOOGLE = Tool(
    "Google Forms",
    folded=frozenset(
        {"email address", "alamat email", "alamat surel", "username", "nama pengguna"}
    ),
    sent=tuple(sorted(_GOOGLE_STAMPS)),
    separator="",
)
MICROSOFT = Tool(
    "Microsoft Forms",
    # ID counts the answers of one form from 1: it is no key among several forms.
    folded=frozenset(
        {"id", "start time", "completion time", "email", "name", "last modified time", "language",
         "waktu mulai", "waktu penyelesaian", "nama", "waktu terakhir diubah", "bahasa",
         "total points", "quiz feedback", "total poin", "umpan balik kuis"}
    ),
    pattern=re.compile(r"(?:points|feedback|poin|umpan balik) - .*", re.IGNORECASE | re.DOTALL),
    sent=("completion time", "waktu penyelesaian"),
    separator="",
)  # fmt: skip

_KOBO_MARKS = {"_id", "_uuid", "_submission_time", "_index", "_validation_status",
               "_submitted_by", "_xform_id_string"}  # fmt: skip
_KOBO_LINKS = {PARENT_INDEX, "_submission__id", "_submission__uuid"}
_ODK_MARKS = {"SubmissionDate", "ReviewState", "SubmitterName", "SubmitterID", "FormVersion",
              "AttachmentsPresent", "PARENT_KEY", "formdef_version", "instanceID"}  # fmt: skip
_SURVEYCTO_MARKS = {"formdef_version", "review_quality", "review_status", "devicephonenum"}


# What is left of an export where its other columns were cut off.
_REMAINS = re.compile(
    r"_(?:id|uuid|submission_time|index|validation_status|review_status|review_comment|notes|status|"
    r"submitted_by|tags|xform_id_string|attachments|geolocation|date_modified|edited|total_media|"
    r"media_count|media_all_received|bamboo_dataset_id|duration|received_on|version_?|_version__|"
    r"parent_.+|submission__.+|.+_(?:altitude|precision))",
    re.IGNORECASE,
)


def without_mark(title: str) -> str:
    """An officer's own title without the mark of a tool's columns ("_Jumlah hadir")."""
    return title if _REMAINS.fullmatch(title) else title.lstrip(MARK).strip() or title


def tool_of(sheet: Sheet) -> Tool | None:
    """Return the tool whose export a sheet is, None for an officer's own sheet."""
    titles = set(sheet.header)
    if len(titles & _KOBO_MARKS) >= 2 or titles & _KOBO_LINKS:
        return KOBO
    has_instance = any(re.search(r"meta\W+instanceID", title) for title in titles)
    if ("KEY" in titles or has_instance) and (titles & _ODK_MARKS or {"__id"} & titles):
        return SURVEYCTO if titles & _SURVEYCTO_MARKS else ODK
    if {"__id", "__system/submissionDate"} <= titles:
        return ODK
    if _is_commcare(titles):
        return COMMCARE
    plain = {title.casefold() for title in titles}
    if {"start time", "completion time"} <= plain or {"waktu mulai", "waktu penyelesaian"} <= plain:
        return MICROSOFT
    return GOOGLE if _is_google(sheet) else None


def _is_commcare(titles: set[str]) -> bool:
    has_question = any(title.startswith("form.") for title in titles)
    has_key = bool(titles & {"formid", "info.formid", "form.meta.instanceID"})
    has_time = bool(titles & {"received_on", "completed_time", "info.received_on"})
    has_links = {"number", "number__0"} <= titles
    return has_links or has_key + has_time + has_question >= 2


def _is_google(sheet: Sheet) -> bool:
    """Google puts the moment first; officers may put a number before it."""
    first = [c for c, title in enumerate(sheet.header) if title][:2]
    for column in first:
        if sheet.header[column].casefold() in _GOOGLE_STAMPS:
            values = [row.values[column] for row in sheet.rows if row.values[column] is not None]
            return bool(values) and all(_is_moment(value) for value in values)
    return False


def _is_moment(value: CellValue) -> bool:
    return isinstance(value, date | CellError) or (
        isinstance(value, str) and _STAMP.fullmatch(value.strip()) is not None
    )


def is_day(value: CellValue) -> bool:
    """Whether an answer is a day."""
    return isinstance(value, date) or (
        isinstance(value, str) and _DAY.match(value.strip()) is not None
    )


def is_quiz_score(title: str, values: list[CellValue]) -> bool:
    """Whether a column is Google's own mark of a quiz: "8 / 10"."""
    filled = [value for value in values if value is not None]
    return (
        title.casefold() in ("score", "skor", "nilai")
        and bool(filled)
        and all(isinstance(one, str) and _QUIZ_SCORE.fullmatch(one.strip()) for one in filled)
    )


# --- review ------------------------------------------------------------------------------

_REJECTED = re.compile(
    r"(?:validation status )?(?:not approved|rejected|tidak disetujui|ditolak)", re.IGNORECASE
)
_WAITING = re.compile(r"(?:validation status )?(?:on hold|ditunda)|hasissues|has issues")


def is_rejected(value: CellValue) -> bool:
    """Whether a reviewer turned a submission down."""
    return isinstance(value, str) and _REJECTED.fullmatch(_plain(value)) is not None


def is_waiting(value: CellValue) -> bool:
    """Whether a reviewer has left a submission open."""
    return isinstance(value, str) and _WAITING.fullmatch(_plain(value)) is not None


def _plain(text: str) -> str:
    return " ".join(header_words(text))
