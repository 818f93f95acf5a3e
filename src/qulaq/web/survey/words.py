"""What the public survey says by itself; its questions come from the form."""

from __future__ import annotations

from qulaq.lang import phrase

WORDS = {
    "next": phrase("Next"),
    "back": phrase("Back"),
    "submit": phrase("Submit"),
    "languages": phrase("Languages"),
    "required": phrase("required"),
    "choose_all": phrase("Choose all that apply."),
    "no_answer": phrase("no answer"),
    "problems": phrase("Please look at these answers again:"),
    "problem": phrase("Look again"),
    "search": phrase("Type how the answer begins"),
    "find": phrase("Find"),
    "nothing_found": phrase("Nothing was found; try another beginning."),
    "leave_empty": phrase("Leave this empty"),
    "begun": phrase("You see what was answered in this browser before."),
    "anew": phrase("Begin anew"),
    "pilot": phrase("This is a trial: the answers will be thrown away."),
    "thanks": phrase("Thank you!"),
    "stored": phrase("Your answers are stored."),
    "again": phrase("Somebody else answers on this device"),
    "excused": phrase("Thank you for your interest"),
    "excused_text": phrase(
        "This survey is meant for other people, so there are no more questions for you. What you answered was thrown away. We are glad that you care."
    ),
    "results": phrase("Results so far"),
    "results_note": phrase(
        "These are the people who answered until now; they were not drawn at random."
    ),
}
