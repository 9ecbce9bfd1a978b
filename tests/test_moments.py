"""Moments that a debrief names by more than one message: an open door, a step that was overrun,
begging, flattery; and what it doesn't claim."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ipt_roleplay import debrief
from ipt_roleplay.debrief.moments import moments
from ipt_roleplay.debrief.phrases import (
    asks_outright,
    begging,
    courteous,
    excuses,
    flatters,
    insults,
    refuses,
    small_sorry,
    soothes,
    undoes,
)
from ipt_roleplay.debrief.places import places
from ipt_roleplay.debrief.praise import worked
from ipt_roleplay.debrief.repairs import puts_right
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.debrief.weighing import slips_of
from ipt_roleplay.domain import Act, Turn
from ipt_roleplay.handbook import load
from ipt_roleplay.rehearsal import play
from ipt_roleplay.retrieval import Retriever
from ipt_roleplay.scenarios import load_all

BALCONY = "the_other_balcony"


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever([entry.passage for entry in load()], tmp_path_factory.mktemp("index"))


def turns_of(messages: Sequence[str], scenario: str = BALCONY) -> list[Turn]:
    return [turn for turn in play(load_all()[scenario], messages, 3, 7).turns if turn]


def talk_of(turns: Sequence[Turn], scenario: str = BALCONY) -> Talk:
    return debrief.from_turns(turns, load_all()[scenario], 3)


def answered(turn: Turn, text: str, act: Act) -> Turn:
    """`turn` as though the other had said `text` at its end, doing `act`."""
    reply = turn.reply.model_copy(update={"text": text, "act": act})
    direction = turn.direction.model_copy(update={"act": act})
    return turn.model_copy(update={"reply": reply, "direction": direction})


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What are you actually asking me?", True),
        ("Is there a 'but' in the bag?", True),
        ("Come on, you’ve had a face on you since Monday.", True),
        ("If there's something you want you'll have to say it.", True),
        ("Which door is it?", True),
        ("The beans are late this year.", False),
        ("What a day. What did the doctor say?", False),
        ("I asked you in March and you said no.", False),
    ],
)
def test_people_ask_outright_in_many_ways(text: str, asks: bool) -> None:
    assert asks_outright(text) is asks


@pytest.mark.parametrize(
    ("text", "begs"),
    [
        ("Please, please come on Sunday.", True),
        ("I know I’m useless. I'd do anything.", True),
        ("Don't be cross with me, I can't bear it.", True),
        ("Please could you take Wednesdays?", False),
        ("I beg your pardon, that was rude.", False),
        ("I'm rubbish at darts.", False),
        ("I know you think I'm stupid.", False),
    ],
)
def test_begging_is_told_from_a_polite_request(text: str, begs: bool) -> None:
    assert (begging(text) > 0) is begs


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Sorry. That came out nasty. What are you doing round the corner?", True),
        ("Sorry, that wasn't fair. You've carried the ovens alone.", True),
        ("That “always” was unfair, and I never said I saw it.", True),
        ('That "always" is true, and you know it.', False),
        ("I'm sorry it wasn't right for you.", False),
        ("Sorry, that wasn't fair of you to say.", False),
        ("I were sharp there wi' t'cake, sorry.", True),
        ("If I spoke as if you cannot stand by yourself, I take it back.", True),
        ("All right, leave your dad out of it, that wasn't fair of me.", True),
        ("sorry i snapped", True),
        ("That come out wrong. I'd no business telling you what's healthy.", True),
        ("Sorry, that last thing came out like a threat.", True),
        ("No Mama, I was trying to make it small. You will be alone, that is true.", True),
        ("Sorry, that was a rotten thing to say. But you do see you've been difficult?", False),
        ("It came out of nowhere, the whole lease.", False),
        ("That was a rotten thing to do to you, of all people.", False),
        ("You were sharp with me.", False),
        ("No, sorry, I'm lecturing you. What is it like?", True),
        ("I did it again, didn't I. Tell me about the window.", True),
        ("Then it's a no, and I'll not go fishing for the other thing.", True),
        ("Sorry, that's me explaining again.", True),
        ("scratch that. what would you like", True),
        ("I have gone too quick with the chair.", True),
        ("I'm making a mess of this. It's over, Tom.", True),
        ("actually thats a lie, what i just said. it is bad.", True),
        ("Let me ask it properly. Would you come on Sunday?", True),
        ("I'm going round to my mum's on Sunday.", False),
        ("You're lecturing me again.", False),
        ("I should have told you in March.", False),
        ("Forget it, it doesn't matter.", False),
        ("Tell me if I'm doing it wrong.", False),
        ("I won't push you into the drain.", False),
    ],
)
def test_who_takes_back_how_they_spoke_is_known(text: str, mended: bool) -> None:
    assert puts_right(text) is mended


@pytest.mark.parametrize(
    ("text", "excused"),
    [
        ("You have to understand, I was under so much pressure that week.", True),
        ("That one I said in heat of moment only.", True),
        ("I had six hundred mails, I am human also.", True),
        ("I didn't mean anything by it.", True),
        ("I put you down in front of eleven people, and I'm sorry.", False),
        ("Do you understand what I mean?", False),
        ("I've two hundred pounds left.", False),
    ],
)
def test_reasons_for_oneself_are_known(text: str, excused: bool) -> None:
    assert excuses(text) is excused


def test_reasons_again_and_again_are_a_moment_and_one_is_not() -> None:
    first = "You have to understand, I was under so much pressure with the audit."
    second = "I didn't mean anything by it. Anyone would have snapped."
    found = {one.code for one in moments(talk_of(turns_of([first, second, "Well?"])))}
    assert "excuses" in found
    once = {one.code for one in moments(talk_of(turns_of([first, "Well?", "I see."])))}
    assert "excuses" not in once


def test_who_puts_a_sharp_word_right_is_praised_for_it_in_those_words(
    retriever: Retriever,
) -> None:
    sorry = "Sorry, that came out sharper than I meant. Go on."

    def mended(before: str) -> list[str]:
        made = debrief.make(talk_of(turns_of([before, sorry])), retriever)
        return [one.quote for one in made.worked if one.title == "You put it right yourself"]

    (quote,) = mended("You never once lift a finger for anybody, you know that.")
    assert "came out sharper" in quote
    assert mended("I need help on Wednesdays.") == []  # nothing sharp was said here


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You're so clever, you'll know what to do.", True),
        ("Nobody runs a meeting like you.", True),
        ("I've always admired how you do it.", True),
        ("You're so stubborn.", False),
        ("You're such a coward.", False),
        ("That was kind of difficult for me.", False),
        ("Would you take Dad on Wednesdays?", False),
        ("", False),
    ],
)
def test_a_compliment_is_told_from_an_insult_and_from_a_request(text: str, kind: bool) -> None:
    assert flatters(text) is kind


@pytest.mark.parametrize(
    ("text", "draws"),
    [
        ("I won't lend you the money.", True),
        ("From now on I answer until seven.", True),
        ("I lost my job in March.", False),
        ("We could take turns.", False),
    ],
)
def test_a_limit_is_told_from_news_and_from_offers(text: str, draws: bool) -> None:
    assert refuses(text) is draws


def test_a_form_of_words_is_no_feeling() -> None:
    assert courteous("I'm happy with that.")
    assert not courteous("I'm happy that you came, and sad that you're going.")


def test_an_outright_question_that_gets_no_answer_is_the_moment() -> None:
    first, second = turns_of(["Hot again today.", "The tomatoes like it, anyway."])
    asked = answered(first, "Where were you headed with that?", Act.TEST)
    (spot, *_) = [one for one in moments(talk_of([asked, second])) if one.code == "door"]
    assert spot.message.number == 2
    plain = moments(talk_of([answered(first, "It is.", Act.TEST), second]))
    assert all(one.code != "door" for one in plain)


def test_the_debrief_quotes_the_question_that_got_no_answer(retriever: Retriever) -> None:
    first, second = turns_of(["Hot again today.", "The tomatoes like it, anyway."])
    asked = answered(first, "Where were you headed with that?", Act.TEST)
    made = debrief.make(talk_of([asked, second]), retriever)
    (door, *_) = [one for one in made.moments if one.asked_quote]
    assert door.asked_quote == "Where were you headed with that?"
    assert door.another_way
    assert made.practise is not None
    assert made.practise.turn == door.turn


@pytest.mark.parametrize(
    ("reply", "offered"),
    [
        ("Right. I finish work at nine on Saturdays.", True),
        ("He did the talking, and you never learned how? Was that lonely for you?", False),
    ],
)
def test_a_confidence_that_was_passed_by_is_a_place_to_go_back_to(
    reply: str, offered: bool
) -> None:
    told = "Gilles did the talking for both of us. I never learned how."
    first, second = turns_of(["Would you have a coffee with me on Saturday at ten?", reply])
    talk = talk_of([answered(first, told, Act.CONFIDE), second])
    assert [one.turn for one in places(talk, {}, ())] == [2] * offered


def test_pressing_past_a_step_of_theirs_is_named_and_taking_it_is_not() -> None:
    ask = "Would you have a coffee with me on Saturday at ten?"
    first, second = turns_of([ask, "Which is it? Come on Saturday at ten. Say yes now."])
    offered = answered(first, "Give me till Thursday.", Act.ASK_FOR_TIME)
    assert "pressed" in {one.code for one in moments(talk_of([offered, second]))}
    for taken in (
        "Thursday is fine, thank you.",
        "Thursday's fine. Saturday at ten, then, you say?",
    ):
        first, second = turns_of([ask, taken])
        offered = answered(first, "Give me till Thursday.", Act.ASK_FOR_TIME)
        assert "pressed" not in {one.code for one in moments(talk_of([offered, second]))}


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("You've no spine.", True),
        ("You're a cold woman, Ruth. Cold as a fish.", True),
        ("You are being ridiculous.", True),
        ("You coward.", True),
        ("Who do you think you are?", True),
        ("You're not a child any more.", False),
        ("I'm such an idiot.", False),
        ("You must think I'm a fool.", False),
        ("You're so good with the children.", False),
        ("You're bitter about Dad, and I see why.", False),
        ("What's wrong with you?", True),
        ("Oh grow up.", True),
        ("I want to watch her grow up.", False),
        ("I don't think you're selfish.", False),
        ("What you did was selfish, and I'm angry about it.", False),
    ],
)
def test_calling_names_is_told_from_anger_and_from_kindness(text: str, mean: bool) -> None:
    assert insults(text) is mean


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Sorry to bother you.", True),
        ("Sorry I haven't said it yet properly.", True),
        ("I'm so sorry.", True),
        ("I'm sorry that I never asked you.", False),
        ("I'm sorry for every time I asked if you felt any better.", False),
    ],
)
def test_a_sorry_out_of_manners_is_told_from_one_that_owns_something(
    text: str, small: bool
) -> None:
    assert small_sorry(text) is small


def test_of_an_attack_the_insult_is_quoted(retriever: Retriever) -> None:
    attack = "You could have asked me. You're a cold woman, Doris. Cold as a fish. In April."
    made = debrief.make(talk_of(turns_of(["Hot again today.", attack])), retriever)
    (blow,) = [one for one in made.moments if one.turn == 2]
    assert "cold woman" in blow.quote
    assert blow.title == "This went at the person"


@pytest.mark.parametrize(
    ("reply", "passed"),
    [
        ("Would you come on Saturday, then? Ten o'clock.", True),
        ("I hear you. My request is the same.", True),
        ("Saturday at ten. Say yes, it's only a coffee.", True),
        ("I'd no idea. You sat there with nobody, all that winter.", False),
        ("Thank you for telling me that, Doris.", False),
        ("How long did you do that, after he died?", False),
    ],
)
def test_what_they_had_told_is_taken_up_or_passed_over(reply: str, passed: bool) -> None:
    told = "I read him the forecast, after he died. I still do it, some nights, to the chair."
    first, second = turns_of(["Hot again today.", reply])
    talk = talk_of([answered(first, told, Act.CONFIDE), second])
    assert ("passed_over" in {one.code for one in moments(talk)}) is passed


def test_what_was_passed_over_is_quoted_and_another_way_takes_it_in(retriever: Retriever) -> None:
    told = "I read him the forecast, after he died. I still do it, some nights, to the chair."
    first, second = turns_of(["Hot again today.", "Would you come on Saturday, then?"])
    made = debrief.make(talk_of([answered(first, told, Act.REVEAL), second]), retriever)
    (moment,) = [one for one in made.moments if one.asked_quote == told]
    assert moment.another_way
    cited = {one.passage_id for one in moment.citations}
    assert cited == {"communication_analysis.passed_over"}


@pytest.mark.parametrize(
    ("text", "comforts"),
    [
        ("You were only a boy, Grandpa.", True),
        ("It's going to be fine, you'll see.", True),
        ("Oh love, that’s not your fault.", True),
        ("Don't worry about the plate reader, I'll book it.", False),
        ("That must have been a long night.", False),
        ("You were there before me.", False),
        ("", False),
    ],
)
def test_comfort_is_told_from_hearing(text: str, comforts: bool) -> None:
    assert soothes(text) is comforts
    assert soothes(text.replace("'", "")) is comforts  # as people type on a phone


@pytest.mark.parametrize(
    ("text", "undone"),
    [
        ("I lay two places still. Silly isn't it.", True),
        ("Could you do Tuesday? But I'm fine, honestly.", True),
        ("Look, forget it, I don't want to add to that.", True),
        ("Could you do Tuesday? I'd need to know today.", False),
        ("It's fine china, that.", False),
        ("", False),
    ],
)
def test_what_takes_itself_back_is_told_from_plain_words(text: str, undone: bool) -> None:
    assert undoes(text) is undone


def test_comfort_at_what_was_just_told_is_a_moment_with_another_way(retriever: Retriever) -> None:
    told = "I held the car door for him. That's what I did. I never said it to anybody."
    first, second = turns_of(["Hot again today.", "You were only a boy. It wasn't your fault."])
    made = debrief.make(talk_of([answered(first, told, Act.REVEAL), second]), retriever)
    (moment,) = [one for one in made.moments if one.asked_quote == told]
    assert moment.title.startswith("Comfort came before")
    assert moment.another_way
    assert {one.passage_id for one in moment.citations} == {
        "communication_analysis.comfort_too_soon"
    }


def test_a_wish_that_is_taken_back_in_the_same_breath_is_quoted_whole(retriever: Retriever) -> None:
    wish = "I'd like a coffee with you on Saturday. But never mind, silly really, you're busy."
    made = debrief.make(talk_of(turns_of(["Hello Doris.", wish])), retriever)
    titles = {one.title: one for one in made.moments}
    assert "never mind" in titles["You said it and took it back"].quote


def test_another_way_for_what_was_taken_back_is_what_had_been_said(retriever: Retriever) -> None:
    wish = "I'd like a coffee with you on Saturday."
    undone = f"{wish} But never mind, silly really, you're busy."
    made = debrief.make(talk_of(turns_of(["Hello Doris.", undone])), retriever)
    (moment,) = [one for one in made.moments if one.title == "You said it and took it back"]
    assert (moment.another_way, moment.another_way_is_example) == (wish, False)


def test_another_way_for_what_was_let_go_is_what_had_been_said_before(retriever: Retriever) -> None:
    asked = "Would you have a coffee with me on Saturday at ten?"
    gone = "No, no, never mind, it doesn't matter, forget it."
    made = debrief.make(talk_of(turns_of([asked, gone])), retriever)
    (moment,) = [one for one in made.moments if one.turn == 2]
    assert (moment.another_way, moment.another_way_is_example) == (asked, False)


def test_another_way_for_an_edge_is_the_rest_of_the_message(retriever: Retriever) -> None:
    rest = "I'd like an answer from you, please."
    sharp = f"You always do that, you know. I ask one thing and I get the tomatoes. {rest}"
    made = debrief.make(talk_of(turns_of(["How are you, Doris?", sharp])), retriever)
    (moment,) = [one for one in made.moments if one.turn == 2 and one.kind == "missed"]
    assert rest in moment.another_way
    assert "always" not in moment.another_way


def test_a_blow_weighs_more_than_a_kind_question_and_what_was_meant_otherwise_nothing() -> None:
    blow = "You never think of anyone but yourself, you selfish old woman."
    talk = talk_of(turns_of(["How have you been since March, Doris?", blow]))
    weights = {n: max(chances.values()) for n, chances in slips_of(talk.spoken).items()}
    assert 0 < weights[1] < weights[2] < 1
    assert not any(slips_of(talk.without([2]).spoken)[2].values())


def test_no_more_than_three_moments_are_taken_up_and_in_their_order() -> None:
    sharp = ["You always do this.", "What is wrong with you?", "You're pathetic.", "Typical."]
    found = moments(talk_of(turns_of([*sharp, *(f"{one} Really." for one in sharp)])))
    numbers = [one.message.number for one in found]
    assert 0 < len(numbers) <= 3
    assert numbers == sorted(set(numbers))


def test_begging_is_named_and_never_as_letting_go_nor_praised() -> None:
    begged = "Please, please have coffee with me on Saturday, I'd do anything."
    talk = talk_of(turns_of(["Hello Doris.", begged]))
    codes = {one.code for one in moments(talk)}
    assert "begged" in codes
    assert "dropped" not in codes
    assert 2 not in {one.message.number for one in worked(talk, set())}


def test_compliments_in_place_of_the_matter_are_named_and_are_no_contempt() -> None:
    talk = talk_of(
        turns_of(
            [
                "You look wonderful today, Doris.",
                "You're such a good neighbour, everybody says so.",
                "Nobody grows tomatoes like you.",
                "You're so wise about all these things.",
            ]
        )
    )
    codes = {one.code for one in moments(talk)}
    assert codes & {"flattery", "door"}
    assert not codes & {"contempt", "threat"}
    assert all(str(one.move) != "appreciation" for one in worked(talk, set()))


def test_of_a_message_that_was_meant_otherwise_no_moment_is_made() -> None:
    begged = "Please, please have coffee with me on Saturday, I'd do anything."
    talk = talk_of(turns_of(["Hello Doris.", begged]))
    assert 2 in {one.message.number for one in moments(talk)}
    assert 2 not in {one.message.number for one in moments(talk.without([2]))}


def test_a_line_that_went_wrong_somehow_is_shown_by_its_words_and_tried_again(
    retriever: Retriever,
) -> None:
    lecture = "You should go out more, at your age. Old people always sit about and miss the work."
    said = (
        "I've been here eight months and know nobody. It's lonely; I'd like one person to know "
        "my name. Would you have a coffee with me on Saturday at ten?"
    )
    talk = talk_of(turns_of(["Hot again today, isn't it?", lecture, said]))
    made = debrief.make(talk, retriever)
    titles = {"A line to look at again", "This may have come out with an edge"}
    (shown,) = [one for one in made.moments if one.title in titles]
    assert shown.turn == 2
    assert any(f"“{one}" in shown.text for one in ("You should go", "Old people always"))
    assert [one.turn for one in made.places] == [2]
    assert made.places[0].quote == lecture


def test_a_line_that_may_have_had_an_edge_is_shown_by_the_words_that_have_it(
    retriever: Retriever,
) -> None:
    sharp = "You always do that, you know. I ask one thing and I get the tomatoes."
    made = debrief.make(talk_of(turns_of(["How are you, Doris?", sharp])), retriever)
    (edge,) = [one for one in made.moments if one.title == "This may have come out with an edge"]
    assert edge.quote == sharp
    assert "“You always do that, you know”" in edge.text


@pytest.mark.parametrize(
    ("before", "praised"),
    [(Act.SOFTEN, False), (Act.COUNTER_DEMAND, True)],
)
def test_only_what_answers_a_no_is_an_offer_that_both_can_live_with(
    retriever: Retriever, before: Act, praised: bool
) -> None:
    offer = (
        "How about this: you keep your Saturdays with the tomatoes, and we have the coffee at ten "
        "by your door, for half an hour."
    )
    first, second = turns_of(["Would you have a coffee with me on Saturday at ten?", offer])
    talk = talk_of([answered(first, "Every Saturday is too much for me.", before), second])
    titles = {one.title for one in debrief.make(talk, retriever).worked}
    assert ("You offered something both can live with" in titles) is praised


def test_only_a_request_can_be_let_go_of() -> None:
    gone = "No, no, never mind, it doesn't matter, forget it."
    told = talk_of(turns_of(["It gets lonely here at weekends, Doris.", gone]))
    asked = talk_of(turns_of(["Would you have a coffee with me on Saturday at ten?", gone]))
    assert "dropped" not in {one.code for one in moments(told)}
    assert "dropped" in {one.code for one in moments(asked)}


def test_no_greeting_is_called_unclear() -> None:
    talk = talk_of(turns_of(["Oh, hello. No, I don't want nothing. I only come out for the air."]))
    assert not {"vague", "crowded"} & {one.code for one in moments(talk)}
