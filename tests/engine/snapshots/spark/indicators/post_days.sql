SELECT
  `t8`.`page_id`,
  `t8`.`period`,
  SUM(`t8`.`n`) AS `published`,
  COUNT(`t8`.`n`) FILTER(WHERE
    `t8`.`observed`) AS `active_days`,
  SUM(`t8`.`n`) FILTER(WHERE
    `t8`.`observed`) AS `posts_observed`,
  SUM(`t8`.`n` * `t8`.`n`) FILTER(WHERE
    `t8`.`observed`) AS `posts_squared`,
  MIN(`t8`.`n`) FILTER(WHERE
    `t8`.`observed`) AS `least`,
  MAX(`t8`.`n`) FILTER(WHERE
    `t8`.`observed`) AS `most`,
  SUM(CAST(`t8`.`observed` AND (
    `t8`.`hidden` > 0
  ) AS INT)) AS `days_hidden`,
  SUM(CAST(`t8`.`interactions` AS DOUBLE)) FILTER(WHERE
    `t8`.`observed` AND (
      `t8`.`hidden` = 0
    )) AS `days_sum`,
  SUM(CAST(`t8`.`interactions` AS DOUBLE) * CAST(`t8`.`interactions` AS DOUBLE)) FILTER(WHERE
    `t8`.`observed` AND (
      `t8`.`hidden` = 0
    )) AS `days_squares`,
  SUM(`t8`.`interactions_each`) FILTER(WHERE
    `t8`.`observed` AND (
      `t8`.`hidden` = 0
    )) AS `days_each_sum`,
  SUM(`t8`.`interactions_each` * `t8`.`interactions_each`) FILTER(WHERE
    `t8`.`observed` AND (
      `t8`.`hidden` = 0
    )) AS `days_each_squares`,
  SUM(`t8`.`followers_hidden`) FILTER(WHERE
    `t8`.`observed` AND (
      `t8`.`hidden` = 0
    )) AS `days_followers_hidden`
FROM (
  SELECT
    `t7`.`page_id`,
    `t7`.`period`,
    `t7`.`day`,
    `t7`.`n`,
    `t7`.`hidden`,
    `t7`.`interactions`,
    `t7`.`interactions_each`,
    `t7`.`followers_hidden`,
    `t7`.`observed`
  FROM (
    SELECT
      `t6`.`page_id`,
      `t6`.`period`,
      `t6`.`day`,
      `t6`.`n`,
      `t6`.`hidden`,
      `t6`.`interactions`,
      `t6`.`interactions_each`,
      `t6`.`followers_hidden`,
      `t6`.`page_id_right`,
      `t6`.`first`,
      `t6`.`last`,
      COALESCE(`t6`.`day` BETWEEN `t6`.`first` AND `t6`.`last`, FALSE) AS `observed`
    FROM (
      SELECT
        `t5`.`page_id`,
        `t5`.`period`,
        `t5`.`day`,
        `t5`.`n`,
        `t5`.`hidden`,
        `t5`.`interactions`,
        `t5`.`interactions_each`,
        `t5`.`followers_hidden`,
        `t2`.`page_id` AS `page_id_right`,
        `t2`.`first`,
        `t2`.`last`
      FROM (
        SELECT
          `t3`.`page_id`,
          `t3`.`period`,
          `t3`.`day`,
          COUNT(*) AS `n`,
          SUM(CAST(`t3`.`interactions` IS NULL AS INT)) AS `hidden`,
          SUM(`t3`.`interactions`) AS `interactions`,
          SUM(`t3`.`interactions` / `t3`.`followers_then`) AS `interactions_each`,
          SUM(CAST(`t3`.`followers_then` IS NULL AS INT)) AS `followers_hidden`
        FROM (
          SELECT
            `t1`.`page_id`,
            `t1`.`post_id`,
            `t1`.`published_at`,
            `t1`.`kind`,
            `t1`.`likes`,
            `t1`.`reaction_like`,
            `t1`.`reaction_love`,
            `t1`.`reaction_care`,
            `t1`.`reaction_haha`,
            `t1`.`reaction_wow`,
            `t1`.`reaction_sad`,
            `t1`.`reaction_angry`,
            `t1`.`reaction_other`,
            `t1`.`comments`,
            `t1`.`shares`,
            `t1`.`views`,
            NULLIF(`t1`.`followers_then`, 0) AS `followers_then`,
            `t1`.`comments_open`,
            `t1`.`capture_id`,
            `t1`.`intake_batch`,
            `t1`.`intake_row`,
            `t1`.`record`,
            `t1`.`seen`,
            `t1`.`knows_authors`,
            `t1`.`knows_parents`,
            `t1`.`day`,
            CAST(DATE_TRUNC('month', CAST(`t1`.`day` AS TIMESTAMP)) AS DATE) AS `period`,
            `t1`.`likes` + `t1`.`comments` + `t1`.`shares` AS `interactions`
          FROM `posts` AS `t1`
          WHERE
            `t1`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
        ) AS `t3`
        GROUP BY
          1,
          2,
          3
      ) AS `t5`
      LEFT OUTER JOIN `observed_spans` AS `t2`
        ON `t5`.`page_id` = `t2`.`page_id`
    ) AS `t6`
  ) AS `t7`
) AS `t8`
GROUP BY
  1,
  2
