SELECT
  `t5`.`by_page`,
  `t5`.`person`,
  `t5`.`seen`,
  `t5`.`message_id`,
  `t5`.`message_at`,
  `t5`.`thread`,
  `t5`.`root_at`,
  `t5`.`root_person`,
  `t5`.`root_by_page`
FROM (
  SELECT
    `t4`.`page_id`,
    `t4`.`by_page`,
    `t4`.`person`,
    `t4`.`seen`,
    `t4`.`comment_id`,
    `t4`.`message_id`,
    `t4`.`message_at`,
    `t3`.`thread`,
    `t3`.`root_at`,
    `t3`.`root_person`,
    `t3`.`root_by_page`
  FROM (
    SELECT
      `t0`.`page_id`,
      `t0`.`by_page`,
      `t0`.`person`,
      `t0`.`seen`,
      `t0`.`thread_id` AS `comment_id`,
      `t0`.`comment_id` AS `message_id`,
      `t0`.`published_at` AS `message_at`
    FROM `comments` AS `t0`
    WHERE
      `t0`.`parent_id` IS NOT NULL
  ) AS `t4`
  INNER JOIN (
    SELECT
      `t0`.`page_id`,
      `t0`.`comment_id`,
      `t0`.`record` AS `thread`,
      `t0`.`published_at` AS `root_at`,
      `t0`.`person` AS `root_person`,
      `t0`.`by_page` AS `root_by_page`
    FROM `comments` AS `t0`
    WHERE
      `t0`.`top_level`
  ) AS `t3`
    ON `t4`.`page_id` = `t3`.`page_id` AND `t4`.`comment_id` = `t3`.`comment_id`
) AS `t5`
