-- The last submission of each organisation and the tallies by group, from an export of the log to S3 (DynamoDB JSON).
-- DuckDB; for Athena see docs/scale.md. Given are the tables that the instrument leads to (test/bench/scale.ts):
--   item_of(item, dimension)          which item belongs to which dimension
--   group_code(place, attribute, code, attributes)  the codes that lie within each group, and how many attributes it names
-- and the parameters: export (the files), cutoff and after (yyyymmdd), until_ms, step.

-- Withdrawn is what an organisation's marker names, 32 bytes each; a tombstone has no answers and falls out by itself.
CREATE TABLE withdrawn AS
SELECT o, substr(n, 1 + 64 * place, 64) AS k
FROM (SELECT o, hex(from_base64(n)) AS n FROM log WHERE n IS NOT NULL), range(4096) AS places(place)
WHERE 64 * place < length(n);

CREATE TABLE submission AS
SELECT o, k, d, t, p, r
FROM log
WHERE r IS NOT NULL AND w IS NULL AND d <= $cutoff AND d > $after AND t <= $until_ms AND expires_at > $until_ms / 1000
  AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.o = log.o AND withdrawn.k = hex(from_base64(log.k)));

-- An answer in words, `0=backup;3=access,data;na=exchange`, as one row an item.
CREATE TABLE answer AS
SELECT o, k, split_part(level, '=', 1) AS level, unnest(string_split(split_part(level, '=', 2), ',')) AS item
FROM (SELECT o, k, unnest(string_split(r, ';')) AS level FROM submission);

-- Mean of the levels times 25, half up; no score below three answers, or four fifths of what applies.
CREATE TABLE score AS
WITH counted AS (
  SELECT o, k, dimension,
    count(*) FILTER (level IN ('0', '1', '2', '3', '4')) AS answered,
    sum(CASE WHEN level IN ('0', '1', '2', '3', '4') THEN level::INTEGER ELSE 0 END) AS total,
    count(*) FILTER (level = 'na') AS inapplicable
  FROM answer JOIN item_of USING (item)
  GROUP BY o, k, dimension
), sized AS (SELECT dimension, count(*) AS items FROM item_of GROUP BY dimension)
SELECT o, k, dimension, (2 * 25 * total + answered) // (2 * answered) AS score
FROM counted JOIN sized USING (dimension)
WHERE answered >= 3 AND 5 * answered >= 4 * (items - inapplicable);

CREATE TABLE complete AS
SELECT o, k, count(*) AS dimensions, (2 * sum(score) + count(*)) // (2 * count(*)) AS overall
FROM score GROUP BY o, k
HAVING count(*) = (SELECT count(DISTINCT dimension) FROM item_of);

-- Each organisation counts once, with the greatest day, then time, then key of what is complete.
CREATE TABLE participation AS
SELECT o, k, p, overall
FROM submission JOIN complete USING (o, k)
QUALIFY row_number() OVER (PARTITION BY o ORDER BY d DESC, t DESC, hex(from_base64(k)) DESC) = 1;

-- A profile in words, `level=facility,sector=daycare`, and the groups it lies in; there are few profiles.
CREATE TABLE profile_group AS
WITH named AS (
  SELECT p, split_part(pair, '=', 1) AS attribute, split_part(pair, '=', 2) AS code
  FROM (SELECT p, unnest(string_split(p, ',')) AS pair FROM (SELECT DISTINCT p FROM participation))
)
SELECT p, place
FROM named JOIN group_code USING (attribute, code)
GROUP BY p, place, attributes
HAVING count(*) = attributes
UNION ALL
SELECT p, place FROM (SELECT DISTINCT p FROM participation), (SELECT DISTINCT place FROM group_code WHERE attributes = 0);

CREATE TABLE scored AS
SELECT place, dimension, (2 * score + $step) // (2 * $step) AS steps, count(*) AS n
FROM (
  SELECT o, k, p, dimension, score FROM participation JOIN score USING (o, k)
  UNION ALL
  SELECT o, k, p, 'overall', overall FROM participation
) JOIN profile_group USING (p)
GROUP BY place, dimension, steps;

CREATE TABLE answered AS
SELECT place, item, CASE level WHEN 'na' THEN 5 WHEN 'dk' THEN 6 ELSE level::INTEGER END AS steps, count(*) AS n
FROM participation JOIN answer USING (o, k) JOIN profile_group USING (p)
GROUP BY place, item, steps;

-- What nobody answered counts as "don't know".
CREATE TABLE unanswered AS
SELECT place, item, 6 AS steps, size - coalesce(n, 0) AS n
FROM (SELECT place, count(*) AS size FROM participation JOIN profile_group USING (p) GROUP BY place)
CROSS JOIN item_of
LEFT JOIN (SELECT place, item, sum(n) AS n FROM answered GROUP BY place, item) USING (place, item);

CREATE TABLE tally AS
SELECT place, dimension, steps, n FROM scored
UNION ALL
SELECT place, 'item ' || item, steps, sum(n)
FROM (SELECT * FROM answered UNION ALL SELECT * FROM unanswered)
GROUP BY place, item, steps
HAVING sum(n) > 0;
