-- The year's counts, lines, totals and ranks in one statement, as somebody would write it by hand for the
-- rules of the notice (annex 2). The line of the courseware is left out: it comes of a ranking of its own.
WITH span AS (
    SELECT make_timestamptz(%(year)s, 1, 1, 0, 0, 0, 'Asia/Shanghai') AS begins,
           make_timestamptz(%(year)s + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai') AS ends
),
offerings AS MATERIALIZED (
    SELECT o.id, o.kind
    FROM reservations_offering o, span
    WHERE o.state IN ('published', 'finished') AND o.starts_at >= span.begins AND o.starts_at < span.ends
),
mentors AS (
    SELECT m.id, m.user_id
    FROM mentors_mentor m
    WHERE EXISTS (
        SELECT FROM mentors_appointment a
        WHERE a.mentor_id = m.id AND a.state <> 'revoked'
          AND a.starts_on <= make_date(%(year)s, 12, 31) AND a.ends_on >= make_date(%(year)s, 1, 1)
    )
),
hosted AS (
    SELECT h.person_id,
           count(*) FILTER (WHERE o.kind = 'class') AS classes,
           count(*) FILTER (WHERE o.kind = 'clinic') AS clinics
    FROM reservations_hosting h JOIN offerings o ON o.id = h.offering_id
    WHERE h.presence = 'present'
    GROUP BY h.person_id
),
duties AS (
    SELECT s.mentor_id, count(DISTINCT s.id) AS duties
    FROM span, consultations_consultationshift s
    JOIN mentors_mentor m ON m.id = s.mentor_id
    JOIN consultations_consultationslot c ON c.shift_id = s.id
    JOIN reservations_offering o ON o.id = c.offering_id AND o.state IN ('published', 'finished')
    JOIN reservations_hosting h
        ON h.offering_id = o.id AND h.person_id = m.user_id AND h.presence = 'present'
    WHERE s.starts_at >= span.begins AND s.starts_at < span.ends
    GROUP BY s.mentor_id
),
placements AS (
    SELECT g.mentor_id, count(DISTINCT p.person_id) AS placements
    FROM consultations_placement p JOIN consultations_pairing g ON g.id = p.pairing_id
    WHERE p.verified_at IS NOT NULL AND extract(year FROM p.started_on) = %(year)s
    GROUP BY g.mentor_id
),
likes AS (
    SELECT mentor_id, count(*) AS likes FROM mentors_like WHERE year = %(year)s GROUP BY mentor_id
),
bookings AS (
    SELECT l.mentor_id, count(*) AS bookings
    FROM reservations_reservation r
    JOIN offerings o ON o.id = r.offering_id AND o.kind = 'class'
    JOIN classrooms_classsession_mentors l ON l.classsession_id = o.id
    WHERE r.state IN ('confirmed', 'attended', 'no_show') AND NOT r.is_walk_in
    GROUP BY l.mentor_id
),
surveys AS (
    SELECT l.mentor_id, sum(r.points)::numeric / sum(r.answers) AS mean
    FROM span, classrooms_surveyresult r
    JOIN reservations_offering o ON o.id = r.session_id
    JOIN classrooms_classsession_mentors l ON l.classsession_id = r.session_id
    WHERE r.answers > 0 AND o.starts_at >= span.begins AND o.starts_at < span.ends
    GROUP BY l.mentor_id
),
collective AS (
    SELECT t.mentor_id, count(*) AS collective
    FROM span, research_researchreport t
    JOIN mentors_mentor m ON m.id = t.mentor_id
    JOIN reservations_offering o ON o.id = t.trip_id
    WHERE t.kind = 'collective' AND t.state = 'accepted' AND t.length >= 800
      AND o.starts_at >= span.begins AND o.starts_at < span.ends
      AND EXISTS (
          SELECT FROM reservations_reservation r
          WHERE r.offering_id = t.trip_id AND r.person_id = m.user_id AND r.state = 'attended'
      )
    GROUP BY t.mentor_id
),
free AS (
    SELECT t.mentor_id, count(*) AS free
    FROM span, research_researchreport t
    WHERE t.kind = 'free' AND t.state = 'accepted' AND t.length >= 800
      AND t.submitted_at >= span.begins AND t.submitted_at < span.ends
    GROUP BY t.mentor_id
),
bonus AS (
    SELECT mentor_id, count(*) AS bonus
    FROM evaluation_bonusevent
    WHERE state = 'verified' AND extract(year FROM held_on) = %(year)s
    GROUP BY mentor_id
),
panel AS (
    SELECT s.mentor_id,
           avg(c.points) FILTER (WHERE i.key = 'teaching_skill') AS teaching_skill,
           avg(c.points) FILTER (WHERE i.key = 'class_organisation') AS class_organisation,
           avg(c.points) FILTER (WHERE i.key = 'class_control') AS class_control
    FROM evaluation_scoresheet s
    JOIN evaluation_evaluationyear y ON y.id = s.year_id AND y.year = %(year)s
    JOIN evaluation_sheetscore c ON c.sheet_id = s.id
    JOIN evaluation_rubricitem i ON i.id = c.item_id
    WHERE s.state = 'submitted' AND s.mentor_id IS NOT NULL
    GROUP BY s.mentor_id
),
lines AS (
    SELECT m.id AS mentor,
           round(least(coalesce(panel.teaching_skill, 0), 4), 2) AS teaching_skill,
           round(least(coalesce(panel.class_organisation, 0), 3), 2) AS class_organisation,
           round(least(coalesce(panel.class_control, 0), 3), 2) AS class_control,
           CASE
               WHEN coalesce(hosted.classes, 0) < 2 THEN 0.00
               ELSE round(least(
                   2 * (hosted.classes - 2) + coalesce(duties.duties, 0) + hosted.clinics, 20
               )::numeric, 2)
           END AS participation,
           round(least(coalesce(placements.placements, 0), 20)::numeric, 2) AS placements,
           round(least(coalesce(likes.likes, 0) * 0.05, 5), 2) AS likes,
           round(least(coalesce(bookings.bookings, 0) * 0.10, 10), 2) AS bookings,
           round(least(coalesce(surveys.mean, 0) * 0.05, 5), 2) AS survey,
           round(least(
               2 * coalesce(collective.collective, 0) + coalesce(free.free, 0), 20
           )::numeric, 2) AS research,
           round(least(coalesce(bonus.bonus, 0), 10)::numeric, 2) AS bonus
    FROM mentors m
    LEFT JOIN hosted ON hosted.person_id = m.user_id
    LEFT JOIN duties ON duties.mentor_id = m.id
    LEFT JOIN placements ON placements.mentor_id = m.id
    LEFT JOIN likes ON likes.mentor_id = m.id
    LEFT JOIN bookings ON bookings.mentor_id = m.id
    LEFT JOIN surveys ON surveys.mentor_id = m.id
    LEFT JOIN collective ON collective.mentor_id = m.id
    LEFT JOIN free ON free.mentor_id = m.id
    LEFT JOIN bonus ON bonus.mentor_id = m.id
    LEFT JOIN panel ON panel.mentor_id = m.id
),
totals AS (
    SELECT lines.*,
           teaching_skill + class_organisation + class_control + participation + placements
           + likes + bookings + survey + research + bonus AS total
    FROM lines
)
SELECT totals.*, rank() OVER (ORDER BY total DESC) AS rank FROM totals ORDER BY rank, mentor
