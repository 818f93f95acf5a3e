SELECT
  `t1`.`page_id`,
  `t1`.`period`,
  PERCENTILE(`t1`.`followed_hours`, 0.5) FILTER(WHERE
    `t1`.`asked`) AS `followed_median`,
  COUNT(`t1`.`followed_hours`) FILTER(WHERE
    `t1`.`asked`) AS `followed_n`,
  COLLECT_LIST(IF(`t1`.`answered`, `t1`.`reply_hours`, NULL)) AS `answered_hours`,
  COLLECT_LIST(
    IF(
      `t1`.`judged`
      AND NOT (
        `t1`.`answered`
      )
      AND (
        `t1`.`removed_hours` IS NOT NULL AND NOT ISNAN(`t1`.`removed_hours`)
      ),
      `t1`.`removed_hours`,
      NULL
    )
  ) AS `removed_hours`,
  COLLECT_LIST(
    IF(
      `t1`.`judged`
      AND NOT (
        `t1`.`answered`
      )
      AND (
        `t1`.`removed_hours` IS NULL OR ISNAN(`t1`.`removed_hours`)
      ),
      `t1`.`followed_hours`,
      NULL
    )
  ) AS `waiting_hours`,
  SUM(`t1`.`replies`) FILTER(WHERE
    `t1`.`asked`) AS `replies_to_citizens`
FROM (
  SELECT
    `t0`.`page_id`,
    `t0`.`post_id`,
    `t0`.`comment_id`,
    `t0`.`published_at`,
    `t0`.`gone_between`,
    `t0`.`intake_batch`,
    `t0`.`intake_row`,
    `t0`.`record`,
    `t0`.`seen`,
    `t0`.`knows_parents`,
    `t0`.`day`,
    `t0`.`by_page`,
    `t0`.`person`,
    `t0`.`cluster`,
    `t0`.`first_reply_at`,
    `t0`.`replies`,
    `t0`.`inferred`,
    `t0`.`unknown_replies`,
    `t0`.`changes`,
    `t0`.`waiting_since`,
    `t0`.`seen_until`,
    `t0`.`first_time`,
    `t0`.`writer`,
    `t0`.`returns`,
    `t0`.`reply_hours`,
    `t0`.`removed_hours`,
    `t0`.`followed_hours`,
    `t0`.`replied_on`,
    `t0`.`seen_on`,
    CAST(DATE_TRUNC('month', CAST(`t0`.`day` AS TIMESTAMP)) AS DATE) AS `period`,
    NOT (
      `t0`.`by_page`
    ) AS `asked`,
    NOT (
      `t0`.`by_page`
    ) AND (
      `t0`.`first_reply_at` IS NOT NULL
    ) AS `answered`,
    NOT (
      `t0`.`by_page`
    )
    AND NOT (
      NOT (
        `t0`.`first_reply_at` IS NOT NULL
      ) AND (
        `t0`.`unknown_replies` > 0
      )
    ) AS `judged`,
    (
      `t0`.`by_page` IS NULL
    )
    OR (
      NOT (
        `t0`.`by_page`
      )
      AND (
        NOT (
          `t0`.`first_reply_at` IS NOT NULL
        ) AND (
          `t0`.`unknown_replies` > 0
        )
      )
    ) AS `unknown`
  FROM `threads` AS `t0`
  WHERE
    `t0`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
) AS `t1`
GROUP BY
  1,
  2
