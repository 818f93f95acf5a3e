"""What the pages behind the sign-in say."""

from __future__ import annotations

from qulaq.lang import phrase

WORDS = {
    "compare": phrase("Compare groups by"),
    "all_together": phrase("all together"),
    "show": phrase("Show"),
    "answer": phrase("Answer"),
    "few_hidden": phrase(
        "Answers that few people of a group gave are hidden, so that nobody is recognised."
    ),
    "responses": phrase("Responses"),
    "by_day": phrase("Responses per day"),
    "by_language": phrase("By language"),
    "by_channel": phrase("By channel"),
    "day": phrase("Day"),
    "language": phrase("Language"),
    "channel": phrase("Channel"),
    "not_told": phrase("not told by the link"),
    "drop_off": phrase("Left before the end"),
    "drop_off_note": phrase(
        "Questionnaires begun and not sent, by the furthest screen that was reached. Some are being filled in right now."
    ),
    "screen": phrase("Screen"),
    "left_here": phrase("left here"),
    "reached": phrase("came so far"),
    "screened_out": phrase("thanked and not asked further"),
    "download": phrase("Download the answers"),
    "download_note": phrase(
        "One row for each response, answers as codes of the questionnaire. Open answers may hold what people told of themselves: keep the file safe."
    ),
    "pilot": phrase("The survey is in pilot mode: answers are trials."),
    "trial": phrase("What you see here are the trial answers."),
    "pilot_responses": phrase("Trial responses"),
    "forget_pilot": phrase("Throw the trial answers away"),
    "no_survey": phrase("This study has no questionnaire.xlsx, so there is no survey here."),
    "no_responses": phrase("There are no responses yet."),
    "no_reports": phrase("There are no reports yet. Make them: qulaq report STUDY."),
    "open_survey": phrase("Open the survey"),
    "text": phrase("Text to share"),
    "reminder_text": phrase("Reminder to share"),
    "qr": phrase("QR code"),
    "share_note": phrase(
        "Each link tells through which channel people came. For another channel write its name after from= in Latin letters."
    ),
    "only_here": phrase(
        "These links open on this machine only. Set the address under [web] in study.toml before you share them."
    ),
    "invitations": phrase("Invitations"),
    "invitations_note": phrase(
        "Each is a link with which one person can answer once. They are shown only now, in the file; nothing ties them to answers."
    ),
    "how_many": phrase("How many"),
    "make_invitations": phrase("Make invitations"),
}
