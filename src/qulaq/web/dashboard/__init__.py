"""What those who work on the study see: how the survey goes, its answers, its links, the reports."""
