SELECT
  `t1`.`page_id`,
  `t1`.`period`,
  COUNT(*) AS `comments`,
  COUNT(`t1`.`by_page`) AS `known`
FROM (
  SELECT
    `t0`.`page_id`,
    `t0`.`post_id`,
    `t0`.`comment_id`,
    `t0`.`parent_id`,
    `t0`.`thread_id`,
    `t0`.`mentions`,
    `t0`.`published_at`,
    `t0`.`likes`,
    `t0`.`gone_between`,
    `t0`.`intake_batch`,
    `t0`.`intake_row`,
    `t0`.`record`,
    `t0`.`seen`,
    `t0`.`knows_authors`,
    `t0`.`knows_parents`,
    `t0`.`day`,
    `t0`.`by_page`,
    `t0`.`top_level`,
    `t0`.`person`,
    `t0`.`cluster`,
    CAST(DATE_TRUNC('month', CAST(`t0`.`day` AS TIMESTAMP)) AS DATE) AS `period`
  FROM `comments` AS `t0`
  WHERE
    `t0`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
) AS `t1`
GROUP BY
  1,
  2
