"""The little words that say nothing of what a question is about."""

from __future__ import annotations

_FRENCH = """
    a ai au aurez aux avec avez car ce ceci cela ces cet cette combien comme comment d dans de des
    devez dois donc dont du elle elles en encore entre est et etre eu faire fait faut il ils j je l
    la le les leur leurs lors lorsque m ma mais me mes moi mon n ne ni nos notre nous on ou par pas
    pendant peut peuvent plus plusieurs pour pourquoi pouvez pouvons puis qu quand que quel quelle
    quels qui quoi s sa sans se sera serait si son sont sous suis sur t tous tout toute toutefois
    toutes tres un une va vais vers veuillez voici vos votre vous y
"""
_ENGLISH = """
    a about after all also an and any are as at be been before but by can could did do does doesn
    don each for from get give given had has have how i if in into is it its just ll may me might
    more most my need needs no nor not of on once one or other our own re s shall she should so some
    such t than that the their them then there these they this those to too under up upon use using
    ve was we were what when where which while who why will with would you your
"""

STOP_WORDS = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
