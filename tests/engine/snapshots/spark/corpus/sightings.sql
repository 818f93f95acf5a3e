SELECT
  `t2`.`page_id`,
  `t2`.`comment_id`,
  `t4`.`seen`
FROM `sightings_batches` AS `t2`
INNER JOIN (
  SELECT
    `t1`.`page_id`,
    `t1`.`capture_id`,
    `t1`.`seen`
  FROM `captures` AS `t1`
) AS `t4`
  ON `t2`.`page_id` = `t4`.`page_id` AND `t2`.`capture_id` = `t4`.`capture_id`
