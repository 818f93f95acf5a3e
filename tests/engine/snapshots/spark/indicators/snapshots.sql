SELECT
  `t5`.`page_id`,
  `t5`.`period`,
  TRANSFORM(
    ARRAY_SORT(
      COLLECT_LIST(
        IF(
          NOT `t5`.`followers` IS NULL
          AND (
            NOT (
              `t5`.`at_posting`
            ) AND (
              `t5`.`followers` IS NOT NULL
            )
          ),
          NAMED_STRUCT('key0', `t5`.`moment`, 'value', `t5`.`followers`),
          NULL
        )
      )
    ),
    one -> one.value
  ) AS `followers`,
  TRANSFORM(
    ARRAY_SORT(
      COLLECT_LIST(
        IF(
          NOT DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t5`.`day`) IS NULL
          AND (
            NOT (
              `t5`.`at_posting`
            ) AND (
              `t5`.`followers` IS NOT NULL
            )
          ),
          NAMED_STRUCT('key0', `t5`.`moment`, 'value', DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t5`.`day`)),
          NULL
        )
      )
    ),
    one -> one.value
  ) AS `followers_day`,
  TRANSFORM(
    ARRAY_SORT(
      COLLECT_LIST(
        IF(
          NOT `t5`.`followers` IS NULL
          AND (
            `t5`.`at_posting` AND (
              `t5`.`followers` IS NOT NULL
            )
          ),
          NAMED_STRUCT('key0', `t5`.`moment`, 'value', `t5`.`followers`),
          NULL
        )
      )
    ),
    one -> one.value
  ) AS `followers_then`,
  TRANSFORM(
    ARRAY_SORT(
      COLLECT_LIST(
        IF(
          NOT DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t5`.`day`) IS NULL
          AND (
            `t5`.`at_posting` AND (
              `t5`.`followers` IS NOT NULL
            )
          ),
          NAMED_STRUCT('key0', `t5`.`moment`, 'value', DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t5`.`day`)),
          NULL
        )
      )
    ),
    one -> one.value
  ) AS `followers_then_day`,
  TRANSFORM(
    ARRAY_SORT(
      COLLECT_LIST(
        IF(
          NOT `t5`.`posts_total` IS NULL
          AND (
            NOT (
              `t5`.`at_posting`
            ) AND (
              `t5`.`posts_total` IS NOT NULL
            )
          ),
          NAMED_STRUCT('key0', `t5`.`moment`, 'value', `t5`.`posts_total`),
          NULL
        )
      )
    ),
    one -> one.value
  ) AS `posts_total`,
  TRANSFORM(
    ARRAY_SORT(
      COLLECT_LIST(
        IF(
          NOT DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t5`.`day`) IS NULL
          AND (
            NOT (
              `t5`.`at_posting`
            ) AND (
              `t5`.`posts_total` IS NOT NULL
            )
          ),
          NAMED_STRUCT('key0', `t5`.`moment`, 'value', DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t5`.`day`)),
          NULL
        )
      )
    ),
    one -> one.value
  ) AS `posts_total_day`
FROM (
  SELECT
    `t4`.`page_id`,
    `t4`.`day`,
    `t4`.`followers`,
    `t4`.`posts_total`,
    `t4`.`moment`,
    `t4`.`at_posting`,
    CAST(DATE_TRUNC('month', CAST(`t4`.`day` AS TIMESTAMP)) AS DATE) AS `period`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t0`.`page_id`,
        `t0`.`day`,
        `t0`.`followers`,
        `t0`.`posts_total`,
        `t0`.`captured_at` AS `moment`,
        FALSE AS `at_posting`
      FROM `page_counts` AS `t0`
    ) AS `t2`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t1`.`page_id`,
        `t1`.`day`,
        `t1`.`followers_then` AS `followers`,
        CAST(NULL AS BIGINT) AS `posts_total`,
        `t1`.`published_at` AS `moment`,
        TRUE AS `at_posting`
      FROM `posts` AS `t1`
      WHERE
        `t1`.`followers_then` IS NOT NULL
    ) AS `t3`
  ) AS `t4`
  WHERE
    `t4`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
) AS `t5`
GROUP BY
  1,
  2
