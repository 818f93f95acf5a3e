"""What the workbench says."""

from __future__ import annotations

from qulaq.lang import Phrase, phrase

WORDS = {
    "sample": phrase("Sample"),
    "units": phrase("Units"),
    "post": phrase("Posts"),
    "comment": phrase("Comments"),
    "reply": phrase("Replies of the body"),
    "coded": phrase("Coded"),
    "of_it_twice": phrase("To be coded twice"),
    "to_settle": phrase("To be settled"),
    "mine": phrase("Coded by you"),
    "coder": phrase("Coder"),
    "go_on": phrase("Code"),
    "settle": phrase("Settle"),
    "erased": phrase("No more in the corpus"),
    "no_codebook": phrase("There is no codebook.toml in the study: qulaq new writes one."),
    "no_samples": phrase(
        "No sample has been drawn yet. Draw one: qulaq coding sample STUDY --unit post"
    ),
    "all_done": phrase("You have coded everything that waits for you here. Thank you!"),
    "all_settled": phrase("Nothing waits here to be settled."),
    "back_to_samples": phrase("All samples"),
    "open_link": phrase("Open where it was published"),
    "no_text": phrase("No text was captured."),
    "body": phrase("The body"),
    "citizen": phrase("A citizen"),
    "unknown": phrase("Somebody, it is not known who"),
    "above": phrase("What stands above"),
    "the_text": phrase("To be coded"),
    "definitions": phrase("Definitions and examples"),
    "yes_example": phrase("For example"),
    "no_example": phrase("But not"),
    "unsure": phrase("I am not sure"),
    "remark": phrase("Remark"),
    "save": phrase("Save and go on"),
    "skip": phrase("Skip"),
    "undo": phrase("Undo the last one"),
    "keys": phrase("Keys"),
    "keys_help": phrase(
        "1–9 and letters choose in the marked question, ↑ and ↓ change the question, U: not sure, Enter: save, S: skip, Z: undo."
    ),
    "problems": phrase("Please look at these questions again:"),
    "choose_all": phrase("Choose all that apply."),
    "coder_a": phrase("Coder A"),
    "coder_b": phrase("Coder B"),
    "another_coder": phrase("Another coder"),
    "was_unsure": phrase("was not sure"),
    "reason": phrase("Reason"),
    "reason_hint": phrase("Needed where you choose what none of them chose."),
    "blind": phrase("You do not see what others chose until it is settled."),
}

TAKEN_BACK = phrase("The last decision was taken back. Choose anew.")
CHANGED = phrase(
    "The codebook changed while you were reading. Look at the definitions and choose anew; nothing was stored."
)
OVERTAKEN = phrase(
    "You coded this text in another window meanwhile. You see what is stored; nothing was stored now."
)
ERASED = phrase(
    "This text is no more in the corpus: it was erased, or the page is no more part of the study. It does not wait for anybody."
)
CODED_BEFORE = phrase("You coded this text before. Whatever you save now counts instead.")
NOT_CHOSEN = phrase("choose a category")
ONLY_ONE = phrase("choose one category only")
REASON_WANTED = phrase("say why, for none of the coders chose that")
NOT_YOURS = phrase("You coded this text yourself, so somebody else must settle it.")


def clash(code: str) -> Phrase:
    return phrase("“{code}” goes with no other category", code=code)


def too_long(most: int) -> Phrase:
    return phrase("The remark has more than {most} characters.", most=most)
