"""The same figures counted anew in plain SQL, one statement for each number."""

from datetime import datetime

from django.db import connection

# Of a row of offerings, called o: whether it has the value of a dimension.
OF_OFFERING = {
    "all": "1 = 1",
    "month": "1 = 1",
    "category": """%(value)s = CASE o.kind
        WHEN 'class' THEN (SELECT category_id FROM classrooms_classsession WHERE offering_id = o.id)
        WHEN 'clinic' THEN (SELECT category_id FROM consultations_panelclinic WHERE offering_id = o.id)
        ELSE (SELECT m.primary_category_id FROM consultations_consultationslot s
              JOIN consultations_consultationshift d ON d.id = s.shift_id
              JOIN mentors_mentor m ON m.id = d.mentor_id WHERE s.offering_id = o.id) END""",
    "chain": """(
        EXISTS (SELECT 1 FROM classrooms_classsession_chains c
                WHERE c.classsession_id = o.id AND c.industrialchain_id = %(value)s)
        OR EXISTS (SELECT 1 FROM consultations_panelclinic_chains c
                   WHERE c.panelclinic_id = o.id AND c.industrialchain_id = %(value)s)
        OR EXISTS (SELECT 1 FROM consultations_consultationslot s
                   JOIN consultations_consultationshift d ON d.id = s.shift_id
                   JOIN mentors_mentor m ON m.id = d.mentor_id
                   WHERE s.offering_id = o.id AND m.primary_chain_id = %(value)s))""",
    "prefecture": """%(value)s = (SELECT u.prefecture FROM accounts_hostunit u
        LEFT JOIN reservations_venue v ON v.id = o.venue_id
        WHERE u.id = COALESCE(v.host_unit_id, o.host_unit_id))""",
    "reach": """o.kind = 'class' AND %(value)s = (SELECT e.reach FROM classrooms_classsession c
        JOIN classrooms_hostevent e ON e.id = c.host_event_id WHERE c.offering_id = o.id)""",
    "type": """o.kind = 'class' AND %(value)s = (SELECT topic_type_id FROM classrooms_classsession
        WHERE offering_id = o.id)""",
}
OF_MENTOR = {
    "all": "1 = 1",
    "month": "1 = 1",
    "category": "m.primary_category_id = %(value)s",
    "chain": "m.primary_chain_id = %(value)s",
}
SPAN = "o.starts_at >= %(start)s AND o.starts_at < %(end)s AND o.state IN ('published', 'finished')"
UNIT = "(%(unit)s IS NULL OR o.host_unit_id = %(unit)s)"
BOOKED = "o.kind = 'class' AND r.is_walk_in = {false} AND r.state IN ('confirmed', 'attended', 'no_show')"
SERVED = "o.kind IN ('class', 'consultation', 'clinic') AND r.state = 'attended'"
RESERVATIONS = "FROM reservations_reservation r JOIN reservations_offering o ON o.id = r.offering_id WHERE "
HOSTINGS = (
    "FROM reservations_hosting h JOIN reservations_offering o ON o.id = h.offering_id"
    " WHERE h.presence = 'present' AND "
)
LEVELS = """SELECT r.id, g.level AS level FROM reservations_reservation r
    JOIN classrooms_classrating g ON g.reservation_id = r.id
    UNION ALL SELECT r.id, c.rating FROM reservations_reservation r
    JOIN consultations_consultation c ON c.reservation_id = r.id WHERE c.rating IS NOT NULL"""
RATINGS = (
    f"FROM ({LEVELS}) l JOIN reservations_reservation r ON r.id = l.id"
    " JOIN reservations_offering o ON o.id = r.offering_id WHERE "
)
OF_OFFERINGS = {
    "sessions": f"SELECT COUNT(DISTINCT o.id) {HOSTINGS} o.kind = 'class'",
    "bookings": f"SELECT COUNT(*) {RESERVATIONS} {BOOKED}",
    "attendances": f"SELECT COUNT(*) {RESERVATIONS} o.kind = 'class' AND r.state = 'attended'",
    "came": f"SELECT COUNT(*) {RESERVATIONS} {BOOKED} AND r.state = 'attended'",
    "missed": f"SELECT COUNT(*) {RESERVATIONS} {BOOKED} AND r.state = 'no_show'",
    "consultations": f"SELECT COUNT(*) {RESERVATIONS} o.kind IN ('consultation', 'clinic')"
    " AND r.state = 'attended'",
    "people": f"SELECT COUNT(DISTINCT r.person_id) {RESERVATIONS} {SERVED}",
    "ratings": f"SELECT COUNT(*) {RATINGS} {SERVED}",
    "satisfied": f"SELECT COUNT(*) {RATINGS} {SERVED} AND l.level >= 3",
    "surveys": f"SELECT COUNT(*) {RESERVATIONS} o.kind = 'class'"
    " AND EXISTS (SELECT 1 FROM classrooms_surveyreceipt q WHERE q.reservation_id = r.id)",
    "mentors": f"SELECT COUNT(DISTINCT h.person_id) {HOSTINGS} o.kind IN ('class', 'consultation', 'clinic')",
}
PLACEMENTS = """SELECT COUNT(DISTINCT p.person_id) FROM consultations_placement p
    JOIN consultations_pairing i ON i.id = p.pairing_id JOIN mentors_mentor m ON m.id = i.mentor_id
    WHERE p.verified_at IS NOT NULL AND p.started_on >= %(first_on)s AND p.started_on < %(next_on)s"""
APPOINTED = """SELECT COUNT(*) FROM mentors_mentor m WHERE EXISTS (
    SELECT 1 FROM mentors_appointment a WHERE a.mentor_id = m.id AND a.state <> 'revoked'
    AND a.starts_on < %(next_on)s AND a.ends_on >= %(first_on)s)"""
OF_MENTORS = {"placements": PLACEMENTS, "appointed": APPOINTED}


def count(
    name: str,
    span: tuple[datetime, datetime],
    dimension: str = "all",
    value: object = None,
    unit: int | None = None,
) -> int:
    """Return one figure of what lies between two midnights of Shanghai, of a unit where one is named."""
    start, end = span
    values = {
        "start": connection.ops.adapt_datetimefield_value(start),
        "end": connection.ops.adapt_datetimefield_value(end),
        "first_on": start.date(),
        "next_on": end.date(),
        "value": value,
        "unit": unit,
    }
    if name in OF_OFFERINGS:
        statement = f"{OF_OFFERINGS[name]} AND {SPAN} AND {OF_OFFERING[dimension]} AND {UNIT}"
    else:
        statement = f"{OF_MENTORS[name]} AND {OF_MENTOR[dimension]}"
    false = "0" if connection.vendor == "sqlite" else "FALSE"
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{false}", false), values)
        return cursor.fetchone()[0]
