"""When a digest is due: typed times, weekdays, gaps and folds of local clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digests import schedule, zones
from digests.errors import BadTime, NoDays, UnknownZone
from digests.readers import EVERY_DAY, Schedule

EIGHT = time(8)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})

zone_names = st.sampled_from(ZONES)
times = st.times(timezones=st.none()).map(lambda value: value.replace(second=0, microsecond=0, fold=0))
moments = st.integers(200_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # to 2096
masks = st.integers(1, EVERY_DAY)
schedules = st.builds(Schedule, zone=zone_names, time=times, days=masks)


def due(zone: str, local: str, after: str, days: int = EVERY_DAY) -> str:
    """Return the next due instant as the zone's own wall clock and offset."""
    found = schedule.next_due(
        Schedule(zone=zone, time=time.fromisoformat(local), days=days), datetime.fromisoformat(after)
    )
    return found.astimezone(zones.zone(zone)).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8", "08:00"),
        ("8:00", "08:00"),
        ("08.30", "08:30"),
        ("8 30", "08:30"),
        ("8-30", "08:30"),
        ("0830", "08:30"),
        ("в 8", "08:00"),
        ("В 19", "19:00"),
        ("8 утра", "08:00"),
        ("8 вечера", "20:00"),
        ("12 ночи", "00:00"),
        ("12 дня", "12:00"),
        ("8 часов", "08:00"),
        ("8ч30", "08:30"),
        ("8am", "08:00"),
        ("7:15 pm", "19:15"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
    ],
)
def test_a_time_is_read_as_people_type_it(text: str, expected: str) -> None:
    assert schedule.parse_time(text) == time.fromisoformat(expected)


@pytest.mark.parametrize(
    "text", ["25:00", "8:75", "24:00", "утром", "", "восемь", "8:0", "8:00:00", "-8", "100", "8 9 10"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(BadTime) as caught:
        schedule.parse_time(text)
    assert caught.value.text == text


@given(times)
def test_a_time_survives_being_shown_and_stored(local: time) -> None:
    assert schedule.parse_time(f"{local:%H:%M}") == local
    assert schedule.time_of(schedule.minutes_of(local)) == local


def test_the_digest_of_today_is_due_until_its_minute() -> None:
    assert due("Europe/Moscow", "08:00", "2026-11-23T04:59:59+00:00") == "2026-11-23T08:00+03:00"
    assert due("Europe/Moscow", "08:00", "2026-11-23T05:00:00+00:00") == "2026-11-24T08:00+03:00"


def test_a_fixed_offset_is_a_zone_like_any_other() -> None:
    assert due("UTC+05:30", "08:00", "2026-11-23T02:00:00+00:00") == "2026-11-23T08:00+05:30"


def test_only_the_chosen_weekdays_are_due() -> None:
    saturday = 0b0100000
    assert due("Europe/Moscow", "08:00", "2026-11-23T12:00:00+00:00", saturday) == "2026-11-28T08:00+03:00"
    assert due("Europe/Moscow", "08:00", "2026-11-28T12:00:00+00:00", saturday) == "2026-12-05T08:00+03:00"


def test_a_time_that_the_clocks_jump_over_is_due_right_after_the_jump() -> None:
    assert due("Europe/Berlin", "02:30", "2026-03-28T12:00:00+00:00") == "2026-03-29T03:00+02:00"
    assert due("Europe/Berlin", "02:30", "2026-03-29T01:00:00+00:00") == "2026-03-30T02:30+02:00"


def test_a_time_that_comes_twice_is_due_the_first_time_only() -> None:
    assert due("Europe/Berlin", "02:30", "2026-10-24T12:00:00+00:00") == "2026-10-25T02:30+02:00"
    assert due("Europe/Berlin", "02:30", "2026-10-25T00:30:00+00:00") == "2026-10-26T02:30+01:00"


def test_half_an_hour_of_summer_time_is_enough_for_a_gap_and_a_fold() -> None:
    assert due("Australia/Lord_Howe", "02:10", "2026-10-03T00:00:00+00:00") == "2026-10-04T02:30+11:00"
    assert due("Australia/Lord_Howe", "01:45", "2026-04-04T00:00:00+00:00") == "2026-04-05T01:45+11:00"
    assert due("Australia/Lord_Howe", "01:45", "2026-04-04T14:45:00+00:00") == "2026-04-06T01:45+10:30"


def test_a_date_that_its_zone_skipped_has_no_digest() -> None:
    apia = Schedule(zone="Pacific/Apia", time=EIGHT)
    slots = list(islice(schedule.upcoming(apia, datetime(2011, 12, 28, 20, tzinfo=UTC)), 3))
    assert [slot.local_date.isoformat() for slot in slots] == ["2011-12-29", "2011-12-31", "2012-01-01"]
    friday = Schedule(zone="Pacific/Apia", time=EIGHT, days=0b0010000)
    assert schedule.local_date_of(friday, schedule.next_due(friday, slots[0].at)) == date(2012, 1, 6)


def test_a_jump_over_midnight_leaves_the_slot_with_its_own_date() -> None:
    nuuk = Schedule(zone="America/Nuuk", time=time(23, 30))
    slots = list(islice(schedule.upcoming(nuuk, datetime(2026, 3, 27, 12, tzinfo=UTC)), 3))
    assert [slot.local_date.isoformat() for slot in slots] == ["2026-03-27", "2026-03-28", "2026-03-29"]
    assert due("America/Nuuk", "23:30", "2026-03-28T12:00:00+00:00") == "2026-03-29T00:00-01:00"
    assert schedule.local_date_of(nuuk, slots[1].at) == date(2026, 3, 28)


def test_a_schedule_without_days_is_refused() -> None:
    with pytest.raises(NoDays):
        schedule.next_due(Schedule(zone="UTC", time=EIGHT, days=0), datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(UnknownZone):
        schedule.next_due(Schedule(zone="Mars/Olympus", time=EIGHT), datetime(2026, 1, 1, tzinfo=UTC))


@given(schedules, moments)
@example(Schedule(zone="Pacific/Apia", time=time(0)), datetime(2011, 12, 27, tzinfo=UTC))
@example(Schedule(zone="Pacific/Kwajalein", time=time(12)), datetime(1993, 8, 18, tzinfo=UTC))
@example(Schedule(zone="America/Nuuk", time=time(23, 30)), datetime(2026, 3, 26, tzinfo=UTC))
@example(Schedule(zone="America/Sao_Paulo", time=time(0, 30)), datetime(2018, 11, 1, tzinfo=UTC))
@example(Schedule(zone="Africa/Casablanca", time=time(2, 30)), datetime(2026, 2, 10, tzinfo=UTC))
def test_slots_go_forward_one_for_each_chosen_date(chosen: Schedule, after: datetime) -> None:
    zone = zones.zone(chosen.zone)
    slots = list(islice(schedule.upcoming(chosen, after), 12))
    assert slots[0].at == schedule.next_due(chosen, after) > after
    for slot in slots:
        assert chosen.days >> slot.local_date.weekday() & 1
        assert schedule.local_date_of(chosen, slot.at) == slot.local_date
        assert schedule.slot_on(chosen, slot.local_date) == slot
        wall = slot.at.astimezone(zone).replace(tzinfo=None)
        asked = datetime.combine(slot.local_date, chosen.time)
        if wall != asked:  # jumped over: the minute before was earlier than asked, this one is later
            assert wall > asked
            assert (slot.at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < asked
        else:
            assert slot.at.astimezone(zone).fold == 0
    for one, other in pairwise(slots):
        assert one.at < other.at
        assert one.local_date < other.local_date
        assert schedule.next_due(chosen, one.at) == other.at
        missing = {one.local_date + timedelta(days=n) for n in range(1, (other.local_date - one.local_date).days)}
        assert all(not chosen.days >> day.weekday() & 1 or schedule.slot_on(chosen, day) is None for day in missing)


@given(schedules, moments)
def test_the_latest_slot_is_the_one_before_the_next(chosen: Schedule, at: datetime) -> None:
    found = schedule.latest(chosen, at)
    assert found
    assert found.at <= at
    assert schedule.next_due(chosen, found.at) == schedule.next_due(chosen, at) > at


def test_every_zone_has_every_digest_of_the_coming_year() -> None:
    for name in ZONES:
        chosen = Schedule(zone=name, time=time(2, 30))
        slots = list(islice(schedule.upcoming(chosen, datetime(2026, 11, 23, tzinfo=UTC)), 366))
        assert len({slot.local_date for slot in slots}) == 366, name
        assert all(timedelta(hours=22) <= two.at - one.at <= timedelta(hours=26) for one, two in pairwise(slots)), name
