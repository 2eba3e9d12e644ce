"""The sentences that say where the programme stands: one per page, from the same indicators."""

from __future__ import annotations

from data_access.numbers.attention import Attention, Reason
from data_access.numbers.door import Numbers
from data_access.numbers.records import Source
from geo.gazetteer import gazetteer
from pages.components import words
from pages.components.changes import change_words
from pages.components.context import PageContext
from pages.components.texts import awareness, common, overview, visits


def overview_sentence(page: PageContext) -> str:
    """Say how many desa were visited, against what, and the one exception to act on."""
    now = page.numbers.figure("visit_coverage")
    if not now.N:
        return _nowhere(page)
    if not now.is_recorded:
        nothing = _nothing_recorded(page, "visits")
        return overview.NOT_RECORDED.format(nothing_recorded=nothing, waiting=_waiting(page))
    return overview.HEADLINE.format(
        n=words.number(now.n),
        total=words.number(now.N),
        desa=_desa_words(page),
        share=words.percent(now.n, now.N),
        period=page.filter.period_words,
        change=_change(page, "visit_coverage"),
        waiting=_waiting(page),
    )


def visits_sentence(page: PageContext) -> str:
    """Say how many desa are overdue and how many were never visited."""
    late = page.numbers.figure("overdue")
    never = page.numbers.figure("never_visited")
    if not late.N:
        return _nowhere(page)
    if not late.is_recorded:
        return visits.NOT_RECORDED.format(nothing_recorded=_nothing_recorded(page, "visits"))
    return visits.HEADLINE.format(
        day=words.long_date(page.numbers.counted_until),
        n=words.number(late.n),
        total=words.number(late.N),
        desa=_desa_words(page),
        days=page.numbers.facts.overdue_days,
        most=_most(page.numbers, "overdue"),
        never=words.number(never.n),
    )


def awareness_sentence(page: PageContext) -> str:
    """Say how far awareness reaches and what people learnt."""
    now = page.numbers.figure("awareness_coverage")
    if not now.N:
        return _nowhere(page)
    if not now.is_recorded:
        return awareness.NOT_RECORDED.format(nothing_recorded=_nothing_recorded(page, "sessions"))
    return awareness.HEADLINE.format(
        n=words.number(now.n),
        total=words.number(now.N),
        desa=_desa_words(page),
        share=words.percent(now.n, now.N),
        period=page.filter.period_words,
        change=_change(page, "awareness_coverage"),
        learnt=_learnt(page),
    )


def attention_words(attention: Attention, page: PageContext) -> str:
    """Say every reason why a kecamatan needs a decision, with its own numbers."""
    return "; ".join(_reason_words(reason, page) for reason in attention.reasons)


def _reason_words(reason: Reason, page: PageContext) -> str:
    n = words.number(reason.n)
    if reason.is_small and reason.kind == "cases_without_session":
        n = common.LESS_THAN.format(bound=reason.n + 1)
    return overview.REASONS[reason.kind].format(
        n=n,
        total=words.number(reason.total),
        before=words.number(reason.before),
        total_before=words.number(reason.total_before),
        comparison=page.comparison_short,
    )


def _nowhere(page: PageContext) -> str:
    return common.NO_DESA.format(scope=page.filter.scope_words)


def _nothing_recorded(page: PageContext, source: Source) -> str:
    what = common.SOURCE_WORDS[source]
    return common.NOTHING_RECORDED.format(what=what, period=page.filter.period_words)


def _desa_words(page: PageContext) -> str:
    return common.DESA_OF_SCOPE[page.filter.selection.scope]


def _change(page: PageContext, indicator_id: str) -> str:
    change = page.numbers.change(indicator_id)
    unit = common.ASSISTED_DESA if page.filter.selection.scope == "assisted" else common.DESA
    told = change_words(change, unit) if change else None
    if told is None:
        return ""
    against = page.comparison_short
    if not told.is_known:
        return common.CHANGE_UNKNOWN_AGAINST.format(
            comparison=against, not_recorded=words.NOT_RECORDED
        )
    beside = common.CHANGE_BESIDE.format(what=told.beside) if told.beside else ""
    if not told.direction:
        return common.CHANGE_NONE_AGAINST.format(comparison=against, beside=beside)
    return common.CHANGE_AGAINST.format(change=told.text, comparison=against, beside=beside)


def _learnt(page: PageContext) -> str:
    gain = page.numbers.figure("knowledge_gain")
    if not gain.N:
        return ""
    return awareness.LEARNT.format(
        moved=common.CHANGE_VERBS[1 if gain.value >= 0 else -1],
        points=words.number(abs(gain.value), 1),
        tested=words.number(gain.N),
    )


def _waiting(page: PageContext) -> str:
    assisted = page.numbers.among_assisted()
    late = assisted.figure("overdue")
    if not late.N or not late.is_recorded:
        return ""
    never = assisted.figure("never_visited")
    if not late.n + never.n:
        return overview.NONE_WAITS
    if not late.n:
        return overview.ONLY_NEVER.format(never=words.number(never.n))
    most, also = _most(assisted, "overdue"), ""
    if never.n:
        template = overview.ALSO_NEVER_AFTER_MOST if most else overview.ALSO_NEVER
        also = template.format(never=words.number(never.n))
    return overview.WAITING.format(
        n=words.number(late.n), days=page.numbers.facts.overdue_days, most=most, also=also
    )


def _most(numbers: Numbers, indicator_id: str) -> str:
    """Name the kecamatan with the most; nothing where it is the only one or shares the place."""
    found = numbers.measure(indicator_id, "kecamatan")
    if found.n.size < 2 or found.n.max() <= 0 or (found.n == found.n.max()).sum() > 1:
        return ""
    return common.MOST.format(kecamatan=gazetteer().name(found.codes[int(found.n.argmax())]))
