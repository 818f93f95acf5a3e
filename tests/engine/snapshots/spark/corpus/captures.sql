SELECT
  `t5`.`capture_id`,
  `t5`.`page_id`,
  `t5`.`post_id`,
  `t5`.`looked_at`,
  `t5`.`captured_at`,
  `t5`.`captured_lower`,
  `t5`.`covers_from`,
  `t5`.`covers_until`,
  `t5`.`complete`,
  `t5`.`announced`,
  `t5`.`knows_authors`,
  `t5`.`knows_parents`,
  `t5`.`exact_counts`,
  `t5`.`knows_told`,
  `t5`.`format`,
  `t5`.`batch`,
  `t5`.`seen`
FROM (
  SELECT
    `t4`.`capture_id`,
    `t4`.`page_id`,
    `t4`.`post_id`,
    `t4`.`looked_at`,
    `t4`.`captured_at`,
    `t4`.`captured_lower`,
    `t4`.`covers_from`,
    `t4`.`covers_until`,
    `t4`.`complete`,
    `t4`.`announced`,
    COALESCE(
      IF(`t4`.`knows_told` = 'command', CAST(NULL AS STRING), `t4`.`told_authors`),
      `t4`.`knows_authors`
    ) AS `knows_authors`,
    COALESCE(
      IF(`t4`.`knows_told` = 'command', CAST(NULL AS BOOLEAN), `t4`.`told_parents`),
      `t4`.`knows_parents`
    ) AS `knows_parents`,
    `t4`.`exact_counts`,
    `t4`.`knows_told`,
    `t4`.`format`,
    `t4`.`batch`,
    `t4`.`intake_batch`,
    `t4`.`intake_row`,
    `t4`.`zone`,
    `t4`.`speakers`,
    `t4`.`told_authors`,
    `t4`.`told_parents`,
    COALESCE(`t4`.`captured_at`, `t4`.`captured_lower`) AS `seen`
  FROM (
    SELECT
      `t2`.`capture_id`,
      `t2`.`page_id`,
      `t2`.`post_id`,
      `t2`.`looked_at`,
      `t2`.`captured_at`,
      `t2`.`captured_lower`,
      `t2`.`covers_from`,
      `t2`.`covers_until`,
      `t2`.`complete`,
      `t2`.`announced`,
      `t2`.`knows_authors`,
      `t2`.`knows_parents`,
      `t2`.`exact_counts`,
      `t2`.`knows_told`,
      `t2`.`format`,
      `t2`.`batch`,
      `t2`.`intake_batch`,
      `t2`.`intake_row`,
      `t3`.`zone`,
      `t3`.`speakers`,
      `t3`.`told_authors`,
      `t3`.`told_parents`
    FROM `captures_batches` AS `t2`
    INNER JOIN `pages` AS `t3`
      ON `t2`.`page_id` = `t3`.`page_id`
  ) AS `t4`
) AS `t5`
