"""The danger patterns: what they must catch without any model, what they must leave alone, and how fast they are."""

import time

import pytest

from bot.nlu.danger import DANGER, DISTRESS, detect

TOLD = (
    "il ma encore frapé hier",
    "mon conjoint me tape",
    "il menace de me tuer",
    "j'ai peur de rentrer chez moi",
    "il est devenu méchant avec moi j'ai peur de rentrer",
    "je me cache chez une amie",
    "il m'empêche de sortir",
    "il a confisqué mes papiers",
    "mon mari me force à avoir des rapports",
    "mon fils revient de chez son père avec des bleus",
    "il me met un couteau sous la gorge",
    "il est dehors il tape à la porte",
    "help me he is hitting me",
    "my husband beats me",
    "rajli kaydrebni",
    "mi marido me pega",
    "kocam beni dövüyor",
    "زوجي يضربني",
)
DISTRESSED = (
    "jveux plus vivre",
    "je veux en finir",
    "mes enfants seraient mieux sans moi",
    "j'ai avalé une boîte de cachets",
    "je pense au suicide",
    "madame veut mettre fin à ses jours",
    "j'ai plus la force de continuer",
    "i want to die",
)
HARMLESS = (
    "mon fils me tape sur les nerfs",
    "je suis mort de fatigue",
    "mon mari est mort",
    "cette facture me tue",
    "j'ai frappé à toutes les portes",
    "je me bats pour la garde de mes enfants",
    "le propriétaire me menace d'expulsion",
    "mon mari s'est suicidé l'an dernier",
    "il n'a jamais été violent",
    "je veux en finir avec ces crédits",
    "on n'arrive plus à vivre décemment",
    "je ne veux plus vivre avec lui",
    "hello can you help me please",
    "la banque nous met le couteau sous la gorge pour le prêt",
    "leur père a mis fin à ses jours en juin",
    "vous avez frappé à votre porte",
    "je l'ai plus",
    "je préfère pas en parler",
    "je voudrais porter plainte contre mon propriétaire",
    "personne ne m'a frappée",
    "adieu les vacances",
)


@pytest.mark.parametrize("text", TOLD)
def test_violence_told_is_caught(text: str) -> None:
    """Violence and danger are caught by patterns alone, misspelt or in another language."""
    alarm = detect(text)
    assert alarm is not None
    assert (alarm.kind, alarm.told) == (DANGER, True)


@pytest.mark.parametrize("text", DISTRESSED)
def test_distress_is_caught(text: str) -> None:
    """Suicidal words are caught by patterns alone."""
    alarm = detect(text)
    assert alarm is not None
    assert alarm.kind == DISTRESS


@pytest.mark.parametrize("text", HARMLESS)
def test_figures_of_speech_do_not_alarm(text: str) -> None:
    """Figures of speech, grief, other threats and denials raise nothing."""
    assert detect(text) is None


def test_a_topic_is_not_an_event() -> None:
    """A question on a procedure names the topic without telling violence."""
    alarm = detect("quelle est la procédure violences conjugales ?")
    assert alarm is not None
    assert not alarm.told


def test_a_long_message_is_read_quickly() -> None:
    """2,000 characters are read in well under the time of a turn: no pattern explodes."""
    text = "il me dit que je ne peux pas sortir de la maison et que les enfants " * 29
    start = time.perf_counter()
    detect(text[:2000])
    detect("a " * 1000)
    assert time.perf_counter() - start < 2.0
