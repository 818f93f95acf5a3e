SELECT
  `t1`.`page_id`,
  `t1`.`period`,
  COUNT(*) AS `posts_seen`,
  COUNT(`t1`.`shown`) AS `posts_known`,
  SUM(`t1`.`shown`) AS `shown`,
  SUM(
    CASE
      WHEN `t1`.`shown` IS NOT NULL
      THEN LEAST(`t1`.`captured`, `t1`.`shown`)
      ELSE CAST(NULL AS BIGINT)
    END
  ) AS `held`
FROM (
  SELECT
    `t0`.`page_id`,
    `t0`.`post_id`,
    `t0`.`day`,
    `t0`.`shown`,
    `t0`.`captured`,
    CAST(DATE_TRUNC('month', CAST(`t0`.`day` AS TIMESTAMP)) AS DATE) AS `period`
  FROM `extents` AS `t0`
  WHERE
    `t0`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
) AS `t1`
GROUP BY
  1,
  2
