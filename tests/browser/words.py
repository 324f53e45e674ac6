"""What a scripted assistant says of signing in, confirmations, receipts and payments, in either language."""

from typing import Any

from tests.fakes.rasa import message

Json = dict[str, Any]
NUMBER = "482109375562"
SIGN_IN = {
    "fr": "Pour changer votre adresse, connectez-vous d’abord à votre compte.",
    "en": "To change your address, please sign in to your account first.",
}
SIGNED_IN = {
    "fr": "Merci, Marie. À quelle adresse faut-il envoyer vos factures?",
    "en": "Thank you, Marie. Which address should your bills go to?",
}
CONFIRM = {
    "fr": "Voici ce que je vais faire :\n\n"
    "- **Compte** : 123 456 782\n"
    "- **Adresse actuelle** : 1275, boulevard René-Lévesque Ouest, bureau 1400, Montréal (Québec) H3B 5E8\n"
    "- **Nouvelle adresse** : 45, rue des Érables, app. 3, Québec (Québec) G1R 2B5\n"
    "- **À partir du** : lundi 1er mars 2027\n\n"
    "Est-ce exact?",
    "en": "Here is what I am about to do:\n\n"
    "- **Account**: 123 456 782\n"
    "- **Current address**: 1275 René-Lévesque Boulevard West, suite 1400, Montréal QC H3B 5E8\n"
    "- **New address**: 45 des Érables Street, apt. 3, Québec QC G1R 2B5\n"
    "- **From**: Monday, March 1, 2027\n\n"
    "Is this right?",
}
CHOICES = {
    "fr": ["Oui, changer l’adresse", "Non", "Modifier la date"],
    "en": ["Yes, change the address", "No", "Change the date"],
}
DONE = {"fr": "C’est fait. Voici votre reçu.", "en": "It is done. Here is your receipt."}
RECEIPT = {
    "fr": {
        "kind": "receipt",
        "number": NUMBER,
        "title": "Changement d’adresse prévu",
        "account": "123 456 782",
        "done": "mardi 24 novembre 2026",
        "effective": "lundi 1er mars 2027",
        "lines": [
            {
                "label": "Adresse de facturation",
                "before": "1275, boulevard René-Lévesque Ouest, bureau 1400, Montréal QC  H3B 5E8",
                "after": "45, rue des Érables, app. 3, Québec QC  G1R 2B5",
            },
            {"label": "Date d’entrée en vigueur", "before": None, "after": "lundi 1er mars 2027"},
        ],
        "undo": "Vous pouvez annuler cette opération jusqu’au 28 février 2027 inclusivement, dans vos reçus "
        "ou en le demandant.",
        "sent_to": "m***@example.ca",
    },
    "en": {
        "kind": "receipt",
        "number": NUMBER,
        "title": "Address change scheduled",
        "account": "123 456 782",
        "done": "Tuesday, November 24, 2026",
        "effective": "Monday, March 1, 2027",
        "lines": [
            {
                "label": "Billing address",
                "before": "1275 René-Lévesque Boulevard West, suite 1400, Montréal QC  H3B 5E8",
                "after": "45 des Érables Street, apt. 3, Québec QC  G1R 2B5",
            },
            {"label": "Effective date", "before": None, "after": "Monday, March 1, 2027"},
        ],
        "undo": "You may undo this operation until the end of February 28, 2027, in your receipts "
        "or by asking us.",
        "sent_to": "m***@example.ca",
    },
}
PAYMENT = {
    "kind": "receipt",
    "number": "100000000001",
    "title": "Paiement signalé reçu et en cours de traitement",
    "account": "123 456 782",
    "done": "mardi 24 novembre 2026",
    "effective": "mardi 24 novembre 2026",
    "lines": [
        {"label": "Montant", "before": None, "after": "52,30 $"},
        {"label": "Mode de paiement", "before": None, "after": "par Internet avec la banque"},
    ],
    "undo": "",
    "sent_to": None,
}
PAY = {
    "fr": "Voici la page de paiement sécurisée. Dites-moi quand c’est fait.",
    "en": "Here is the secure payment page. Tell me when it is done.",
}
PAY_LINK = {"fr": "Payer 52,30 $", "en": "Pay $52.30"}
PAID = {"fr": "J’ai payé", "en": "I have paid"}


def assistant(language: str) -> Any:
    """The script of an assistant: each of these words brings what a real one would say then."""

    def answer(turn: Json) -> Json:
        words = turn["message"]
        if words.startswith("/choose"):
            words = "done"
        return {"language": language, "messages": _SAID.get(words, _other)(language)}

    return answer


def asks(language: str) -> list[Json]:
    """A card to sign in."""
    return [message(SIGN_IN[language], language, key="utter_sign_in", card={"kind": "sign_in"})]


def confirms(language: str) -> list[Json]:
    """A summary, to be confirmed."""
    choices = ["yes", "no", "date"]
    buttons = [
        {"title": title, "payload": f'/choose{{"choice": "{choice}"}}'}
        for title, choice in zip(CHOICES[language], choices, strict=True)
    ]
    return [message(CONFIRM[language], language, buttons=buttons)]


def done(language: str) -> list[Json]:
    """A receipt."""
    return [message(DONE[language], language, card=RECEIPT[language])]


def pays(language: str) -> list[Json]:
    """The way to the payment page."""
    links = [{"title": PAY_LINK[language], "url": "https://pay.example/52-30"}]
    buttons = [{"title": PAID[language], "payload": "/paid"}]
    return [message(PAY[language], language, links=links, buttons=buttons)]


def _signed_in(language: str) -> list[Json]:
    return [message(SIGNED_IN[language], language)]


def _signed_out(language: str) -> list[Json]:
    return [message({"fr": "À bientôt!", "en": "See you soon!"}[language], language)]


def _payment(language: str) -> list[Json]:
    return [message(DONE[language], language, card=PAYMENT)]


def _other(language: str) -> list[Json]:
    return [message("…", language)]


_SAID = {
    "sign in": asks,
    "/signed_in": _signed_in,
    "/signed_out": _signed_out,
    "confirm": confirms,
    "done": done,
    "payment": _payment,
    "pay": pays,
}
