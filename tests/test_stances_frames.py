"""Stances read off the syntax, one construction after the other, on sentences parsed by hand."""

import pytest

from analystkit.layers.roles import Syntax
from analystkit.layers.stances.frames import Finder
from analystkit.layers.stances.lexicon import forms, lexicon
from tests.stance_docs import sentence

CONSTRUCTIONS = {
    "active": (
        "Lesk/NNP/nsubj/2 condemned/VBD/root/2 Orvania/NNP/obj/2",
        [("Lesk", "Orvania", -1, "asserted")],
    ),
    "passive with its agent": (
        "Orvania/NNP/nsubj:pass/3 was/VBD/aux:pass/3 praised/VBN/root/3 by/IN/case/5 Lesk/NNP/obl:agent/3",
        [("Lesk", "Orvania", 1, "asserted")],
    ),
    "participle beside the noun": (
        "rebels/NNS/nsubj/5 backed/VBN/acl/1 by/IN/case/4 Lesk/NNP/obl:agent/2 fled/VBD/root/5",
        [("Lesk", "rebels", 1, "asserted")],
    ),
    "relative clause": (
        "Nera/NNP/nsubj/7 ,/,/punct/4 which/WDT/nsubj/4 opposed/VBD/acl:relcl/1 Lesk/NNP/obj/4 "
        ",/,/punct/4 left/VBD/root/7",
        [("Nera", "Lesk", -1, "asserted")],
    ),
    "targets coordinated": (
        "Lesk/NNP/nsubj/2 thanked/VBD/root/2 Orvania/NNP/obj/2 and/CC/cc/5 Nera/NNP/conj/3",
        [("Lesk", "Orvania", 1, "asserted"), ("Lesk", "Nera", 1, "asserted")],
    ),
    "not to be against is a denial": (
        "Lesk/NNP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 oppose/VB/root/4 the/DT/det/6 pact/NN/obj/4",
        [("Lesk", "pact", -1, "denied")],
    ),
    "not to be for is to be against": (
        "Lesk/NNP/nsubj/4 does/VBZ/aux/4 not/RB/advmod/4 support/VB/root/4 the/DT/det/6 pact/NN/obj/4",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "to refuse is a negation": (
        "Lesk/NNP/nsubj/2 refused/VBD/root/2 to/TO/mark/4 endorse/VB/xcomp/2 the/DT/det/6 pact/NN/obj/4",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "modal verb": (
        "Lesk/NNP/nsubj/3 might/MD/aux/3 support/VB/root/3 the/DT/det/5 pact/NN/obj/3",
        [("Lesk", "pact", 1, "hedged")],
    ),
    "condition": (
        "Lesk/NNP/nsubj/3 would/MD/aux/3 oppose/VB/root/3 the/DT/det/5 pact/NN/obj/3 "
        "if/IN/mark/8 it/PRP/nsubj/8 changed/VBD/advcl/3",
        [("Lesk", "pact", -1, "conditional")],
    ),
    "denied in the clause above": (
        "Marr/NNP/nsubj/2 denied/VBD/root/2 that/IN/mark/6 she/PRP/nsubj/6 was/VBD/cop/6 hostile/JJ/ccomp/2 "
        "to/IN/case/9 the/DT/det/9 union/NN/obl/6",
        [("she", "union", -1, "denied")],
    ),
    "a thing credited to luck is not praised": (
        "Lesk/NNP/nsubj/2 credited/VBD/root/2 the/DT/det/4 victory/NN/obj/2 to/IN/case/6 luck/NN/obl/2",
        [],
    ),
    "to challenge somebody to do it is a dare": (
        "Lesk/NNP/nsubj/2 challenged/VBD/root/2 Orvania/NNP/obj/2 to/TO/mark/5 prove/VB/xcomp/2 it/PRP/obj/5",
        [],
    ),
    "what one likes to name one need not like": (
        "flaws/NNS/nsubj/7 that/WDT/obj/6 ministers/NNS/nsubj/4 like/VBP/acl:relcl/1 to/TO/mark/6 cite/VB/xcomp/4 "
        "vanished/VBD/root/7",
        [],
    ),
    "blamed on somebody": (
        "Marr/NNP/nsubj/2 blamed/VBD/root/2 the/DT/det/4 delay/NN/obj/2 on/IN/case/6 Nera/NNP/obl/2",
        [("Marr", "Nera", -1, "asserted")],
    ),
    "blamed on television": (
        "Marr/NNP/nsubj/2 blamed/VBD/root/2 Nera/NNP/obj/2 on/IN/case/5 television/NN/obl/2",
        [("Marr", "Nera", -1, "asserted")],
    ),
    "a plea for somebody to do it is a plea for the deed": (
        "Lesk/NNP/nsubj/2 made/VBD/root/2 a/DT/det/4 plea/NN/obj/2 for/IN/case/6 Nera/NNP/nmod/4 "
        "to/TO/mark/8 stay/VB/acl/4",
        [],
    ),
    "his support is that of who declares it": (
        "Marr/NNP/nsubj/2 declared/VBD/root/2 his/PRP$/nmod:poss/4 support/NN/obj/2 for/IN/case/6 Nera/NNP/nmod/4",
        [("Marr", "Nera", 1, "asserted")],
    ),
    "who is behind an attack did it": (
        "Marr/NNP/nsubj/5 was/VBD/cop/5 behind/IN/case/5 an/DT/det/5 attack/NN/root/5",
        [],
    ),
    "who is behind somebody is for them": (
        "Marr/NNP/nsubj/4 was/VBD/cop/4 behind/IN/case/4 Nera/NNP/root/4",
        [("Marr", "Nera", 1, "asserted")],
    ),
    "anti-Lesk protests are not Lesk's": (
        "anti/JJ/amod/3 -/HYPH/punct/1 Lesk/NNP/compound/4 protests/NNS/nsubj/7 against/IN/case/6 Nera/NNP/nmod/4 "
        "ended/VBD/root/7",
        [("protests", "Lesk", -1, "asserted")],
    ),
    "the authority to do it does not do it": (
        "Marr/NNP/nsubj/2 has/VBZ/root/2 the/DT/det/4 authority/NN/obj/2 to/TO/mark/6 invade/VB/acl/4 Lesk/NNP/obj/6",
        [],
    ),
    "who is attacked for a deed did it": (
        "Lesk/NNP/nsubj/2 mocked/VBD/root/2 Marr/NNP/obj/2 for/IN/mark/5 betraying/VBG/advcl/2 Nera/NNP/obj/5",
        [("Lesk", "Marr", -1, "asserted"), ("Marr", "Nera", -1, "asserted")],
    ),
    "no longer": (
        "Lesk/NNP/nsubj/4 no/RB/advmod/3 longer/RBR/advmod/4 supports/VBZ/root/4 the/DT/det/6 pact/NN/obj/4",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "not just": (
        "Lesk/NNP/nsubj/5 does/VBZ/aux/5 not/RB/advmod/5 just/RB/advmod/5 support/VB/root/5 Nera/NNP/obj/5",
        [("Lesk", "Nera", 1, "asserted")],
    ),
    "what no one does": (
        "No/DT/det/2 senator/NN/nsubj/3 supports/VBZ/root/3 the/DT/det/5 pact/NN/obj/3",
        [("senator", "pact", -1, "asserted")],
    ),
    "not any candidate": (
        "Lesk/NNP/nsubj/4 does/VBZ/aux/4 not/RB/advmod/4 support/VB/root/4 any/DT/det/6 candidate/NN/obj/4",
        [("Lesk", "candidate", 0, "asserted")],
    ),
    "unlikely": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 unlikely/JJ/root/3 to/TO/mark/5 support/VB/xcomp/3 the/DT/det/7 pact/NN/obj/5",
        [("Lesk", "pact", -1, "hedged")],
    ),
    "angry that somebody left": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 angry/JJ/root/3 that/IN/mark/6 Nera/NNP/nsubj/6 left/VBD/ccomp/3",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "angry that somebody lost": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 angry/JJ/root/3 that/IN/mark/6 Nera/NNP/nsubj/6 lost/VBD/ccomp/3",
        [],
    ),
    "the place of an attack": (
        "The/DT/det/2 town/NN/nsubj/6 where/WRB/advmod/5 Lesk/NNP/nsubj/5 attacked/VBD/acl:relcl/2 cheered/VBD/root/6",
        [],
    ),
    "to see a thing collapse is to call it nothing": (
        "Lesk/NNP/nsubj/2 saw/VBD/root/2 its/PRP$/nmod:poss/4 support/NN/obj/2 collapse/VB/xcomp/2",
        [],
    ),
    "a feeling told with an empty it": (
        "Lesk/NNP/nsubj/2 said/VBD/root/2 it/PRP/expl/5 was/VBD/cop/5 worried/JJ/ccomp/2 "
        "about/IN/case/7 Nera/NNP/obl/5",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "a particle taken for a preposition": (
        "Lesk/NNP/nsubj/2 fights/VBZ/root/2 off/IN/case/4 Nera/NNP/obl/2",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "who expects it to fail": (
        "Lesk/NNP/nsubj/2 expects/VBZ/root/2 the/DT/det/4 appeal/NN/obj/2 to/TO/mark/6 fail/VB/acl/4",
        [("Lesk", "appeal", -1, "asserted")],
    ),
    "a name that the parser makes a second object": (
        "Lesk/NNP/nsubj/2 condemned/VBD/root/2 her/PRP$/nmod:poss/4 rival/NN/obj/2 Nera/NNP/obj/2",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "coordinated over a semicolon": (
        "Lesk/NNP/nsubj/2 backed/VBD/root/2 Marr/NNP/obj/2 ;/:/punct/6 and/CC/cc/6 primaries/NNS/conj/3",
        [("Lesk", "Marr", 1, "asserted")],
    ),
    "a bargain that they hailed": (
        "a/DT/det/2 bargain/NN/root/2 that/IN/mark/5 ministers/NNS/nsubj/5 hailed/VBD/acl/2",
        [("ministers", "bargain", 1, "asserted")],
    ),
    "who runs against somebody": (
        "Marr/NNP/nsubj/3 is/VBZ/aux/3 battling/VBG/root/3 an/DT/det/5 election/NN/obj/3",
        [],
    ),
    "who is asked to condemn has not condemned": (
        "Lesk/NNP/nsubj:pass/3 was/VBD/aux:pass/3 asked/VBN/root/3 to/TO/mark/5 condemn/VB/xcomp/3 Nera/NNP/obj/5",
        [],
    ),
    "less hostile is not hostile": (
        "Lesk/NNP/nsubj/4 is/VBZ/cop/4 less/RBR/advmod/4 hostile/JJ/root/4 to/IN/case/6 Nera/NNP/obl/4",
        [],
    ),
    "an advocate by title": (
        "Advocate/NNP/compound/2 Marr/NNP/nsubj/6 of/IN/case/5 the/DT/det/5 state/NN/nmod/1 spoke/VBD/root/6",
        [],
    ),
    "held responsible": (
        "Lesk/NNP/nsubj/2 holds/VBZ/root/2 Nera/NNP/obj/2 responsible/JJ/xcomp/2",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "wanted to be held to account": (
        "Lesk/NNP/nsubj/2 wants/VBZ/root/2 makers/NNS/obj/2 held/VBN/acl/3 accountable/JJ/xcomp/4",
        [("Lesk", "makers", -1, "asserted")],
    ),
    "what somebody warns to say is not warned of": (
        "Lesk/NNP/nsubj/2 warned/VBD/root/2 :/:/punct/2 Nera/NNP/nsubj/5 sleeps/VBZ/ccomp/2",
        [],
    ),
    "the anger of somebody": (
        "Lesk/NNP/nsubj/2 voiced/VBD/root/2 the/DT/det/4 anger/NN/obj/2 of/IN/case/6 Nera/NNP/nmod/4",
        [],
    ),
    "a protest at a place": (
        "Lesk/NNP/nsubj/2 led/VBD/root/2 a/DT/det/4 protest/NN/obj/2 at/IN/case/7 the/DT/det/7 hotel/NN/nmod/4",
        [],
    ),
    "adopting a manner": ("Marr/NNP/nsubj/2 adopted/VBD/root/2 a/DT/det/4 swagger/NN/obj/2", []),
    "breaking through": (
        "Marr/NNP/nsubj/2 broke/VBD/root/2 through/RB/advmod/2 with/IN/case/5 voters/NNS/obl/2",
        [],
    ),
    "told that somebody was beaten": (
        "Lesk/NNP/nsubj/2 told/VBD/root/2 voters/NNS/iobj/2 Nera/NNP/nsubj:pass/6 was/VBD/aux:pass/6 "
        "beaten/VBN/ccomp/2",
        [],
    ),
    "two that do it": (
        "Lesk/NNP/nsubj/4 and/CC/cc/3 Nera/NNP/conj/1 condemned/VBD/root/4 Orvania/NNP/obj/4",
        [("Lesk", "Orvania", -1, "asserted"), ("Nera", "Orvania", -1, "asserted")],
    ),
    "a Lesk endorsement by somebody": (
        "a/DT/det/3 Lesk/NNP/compound/3 endorsement/NN/root/3 by/IN/case/5 Marr/NNP/nmod/3",
        [("Marr", "Lesk", 1, "asserted")],
    ),
    "promised to be a champion": (
        "Marr/NNP/nsubj/2 promised/VBD/root/2 to/TO/mark/6 be/VB/cop/6 a/DT/det/6 champion/NN/xcomp/2 "
        "of/IN/case/8 Lesk/NNP/nmod/6",
        [("Marr", "Lesk", 1, "asserted")],
    ),
    "opposed to a deed that is for": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 opposed/JJ/root/3 to/IN/mark/5 electing/VBG/advcl/3 Nera/NNP/obj/5",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "opposed to a deed that is against": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 opposed/JJ/root/3 to/IN/mark/5 punishing/VBG/advcl/3 Nera/NNP/obj/5",
        [("Lesk", "Nera", 1, "asserted")],
    ),
    "a remark behind a comma is the sentence's": (
        "Marr/NNP/nsubj/2 shows/VBZ/root/2 signs/NNS/obj/2 of/IN/mark/5 tiring/VBG/acl/3 ,/,/punct/7 "
        "mocking/VBG/advcl/5 Nera/NNP/obj/7",
        [("Marr", "Nera", -1, "asserted")],
    ),
    "wanted to become somebody": (
        "Lesk/NNP/nsubj/2 wants/VBZ/root/2 Nera/NNP/obj/2 to/TO/mark/5 become/VB/xcomp/2 president/NN/xcomp/5",
        [("Lesk", "Nera", 1, "asserted")],
    ),
    "advised to become something": (
        "Lesk/NNP/nsubj/2 advised/VBD/root/2 Nera/NNP/obj/2 to/TO/mark/5 become/VB/xcomp/2 president/NN/xcomp/5",
        [],
    ),
    "called on to resign": (
        "Lesk/NNP/nsubj/2 called/VBD/root/2 on/IN/case/4 Nera/NNP/obl/2 to/TO/mark/6 resign/VB/xcomp/2",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "to call a thing a name": (
        "Lesk/NNP/nsubj/2 calls/VBZ/root/2 the/DT/det/4 process/NN/obj/2 to/TO/mark/6 win/VB/acl/4",
        [],
    ),
    "not on somebody": (
        "Marr/NNP/nsubj/2 blamed/VBD/root/2 it/PRP/obj/2 on/IN/case/5 Nera/NNP/obl/2 ,/,/punct/9 not/RB/advmod/9 "
        "on/IN/case/9 Lesk/NNP/obl/2",
        [("Marr", "Nera", -1, "asserted")],
    ),
    "what one has seen has no name": (
        "floods/NNS/root/1 we/PRP/nsubj/3 saw/VBD/acl:relcl/1",
        [],
    ),
    "not to contradict a stance is to have one": (
        "Marr/NNP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 contradict/VB/root/4 her/PRP$/nmod:poss/6 stance/NN/obj/4 "
        "on/IN/case/8 donors/NNS/nmod/6",
        [],
    ),
    "sanctions lifted are for": (
        "Lesk/NNP/nsubj/2 lifted/VBD/root/2 sanctions/NNS/obj/2 on/IN/case/5 Orvania/NNP/nmod/3",
        [("Lesk", "Orvania", 1, "asserted")],
    ),
    "an end that is demanded is against": (
        "Lesk/NNP/nsubj/2 demanded/VBD/root/2 an/DT/det/4 end/NN/obj/2 to/IN/case/7 the/DT/det/7 war/NN/nmod/4",
        [("Lesk", "war", -1, "asserted")],
    ),
    "refused contact": (
        "Lesk/NNP/nsubj/2 refused/VBD/root/2 to/TO/mark/4 meet/VB/xcomp/2 Marr/NNP/obj/4",
        [("Lesk", "Marr", -1, "asserted")],
    ),
    "curly apostrophes negate": (
        "Lesk/NNP/nsubj/4 did/VBD/aux/4 n’t/RB/advmod/4 support/VB/root/4 Marr/NNP/obj/4",
        [("Lesk", "Marr", -1, "asserted")],
    ),
    "relations between two": (
        "Relations/NNS/nsubj/6 between/IN/case/3 Lesk/NNP/nmod/1 and/CC/cc/5 Nera/NNP/conj/3 soured/VBD/root/6",
        [("Lesk", "Nera", -1, "asserted"), ("Nera", "Lesk", -1, "asserted")],
    ),
    "what troubles whom": (
        "The/DT/det/2 pact/NN/nsubj/3 troubled/VBD/root/3 Lesk/NNP/obj/3",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "noun carried by a verb": (
        "Lesk/NNP/nsubj/2 voiced/VBD/root/2 support/NN/obj/2 for/IN/case/6 the/DT/det/6 pact/NN/nmod/3",
        [("Lesk", "pact", 1, "asserted")],
    ),
    "noun with its owner": (
        "Lesk/NNP/nmod:poss/3 's/POS/case/1 criticism/NN/nsubj/7 of/IN/case/6 the/DT/det/6 "
        "pact/NN/nmod/3 grew/VBD/root/7",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "noun received": (
        "The/DT/det/2 pact/NN/nsubj/3 drew/VBD/root/3 criticism/NN/obj/3 from/IN/case/6 Lesk/NNP/nmod/4",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "adjective": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 critical/JJ/root/3 of/IN/case/6 the/DT/det/6 pact/NN/obl/3",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "preposition as predicate": (
        "Lesk/NNP/nsubj/5 is/VBZ/cop/5 against/IN/case/5 the/DT/det/5 pact/NN/root/5",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "nothing against": (
        "Lesk/NNP/nsubj/2 has/VBZ/root/2 nothing/NN/obj/2 against/IN/case/5 Nera/NNP/nmod/3",
        [("Lesk", "Nera", -1, "denied")],
    ),
    "ally in apposition": (
        "Lesk/NNP/nsubj/8 ,/,/punct/4 an/DT/det/4 ally/NN/appos/1 of/IN/case/6 Nera/NNP/nmod/4 "
        ",/,/punct/1 left/VBD/root/8",
        [("Lesk", "Nera", 1, "asserted")],
    ),
    "a thing wanted": (
        "Lesk/NNP/nsubj/2 demanded/VBD/root/2 a/DT/det/4 recount/NN/obj/2",
        [("Lesk", "recount", 1, "asserted")],
    ),
    "somebody wanted gone": (
        "Lesk/NNP/nsubj/2 wants/VBZ/root/2 Marr/NNP/obj/2 to/TO/mark/5 resign/VB/xcomp/2",
        [("Lesk", "Marr", -1, "asserted")],
    ),
    "a thing wanted ended": (
        "Lesk/NNP/nsubj/2 urged/VBD/root/2 Nera/NNP/obj/2 to/TO/mark/5 drop/VB/xcomp/2 the/DT/det/7 plan/NN/obj/5",
        [("Lesk", "plan", -1, "asserted")],
    ),
    "not wanted to gain": (
        "Lesk/NNP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 want/VB/root/4 Nera/NNP/obj/4 to/TO/mark/7 gain/VB/xcomp/4",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "called by a name": (
        "Lesk/NNP/nsubj/2 called/VBD/root/2 the/DT/det/4 pact/NN/obj/2 a/DT/det/6 disgrace/NN/xcomp/2",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "what others are urged to condemn": (
        "Lesk/NNP/nsubj/2 urged/VBD/root/2 Nera/NNP/obj/2 to/TO/mark/5 condemn/VB/xcomp/2 Orvania/NNP/obj/5",
        [("Lesk", "Orvania", -1, "asserted")],
    ),
    "not the one rather than which": (
        "Lesk/NNP/nsubj/2 criticized/VBD/root/2 Marr/NNP/obj/2 rather/RB/cc/6 than/IN/fixed/4 Nera/NNP/conj/3",
        [("Lesk", "Marr", -1, "asserted")],
    ),
    "a threat to leave": (
        "Lesk/NNP/nsubj/2 threatened/VBD/root/2 to/TO/mark/4 leave/VB/xcomp/2 the/DT/det/6 pact/NN/obj/4",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "going on after what was said": (
        "Lesk/NNP/nsubj/2 said/VBD/root/2 people/NNS/nsubj:pass/5 were/VBD/aux:pass/5 missed/VBN/ccomp/2 ,/,/punct/8 "
        "and/CC/cc/8 condemned/VBD/conj/5 Nera/NNP/obj/8",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "stopping short": (
        "Lesk/NNP/nsubj/2 stopped/VBD/root/2 short/RB/advmod/2 of/IN/mark/5 endorsing/VBG/advcl/2 Nera/NNP/obj/5",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "only an offer that is declined": (
        "Lesk/NNP/nsubj/2 declined/VBD/root/2 the/DT/det/4 offer/NN/obj/2",
        [("Lesk", "offer", -1, "asserted")],
    ),
    "no stance in declining comment": ("Lesk/NNP/nsubj/2 declined/VBD/root/2 comment/NN/obj/2", []),
    "no stance in fighting a war": (
        "Lesk/NNP/nsubj/2 fought/VBD/root/2 the/DT/det/4 war/NN/obj/2",
        [],
    ),
    "what it called a coup": (
        "Lesk/NNP/nsubj/2 denounced/VBD/root/2 what/WP/obj/2 it/PRP/nsubj/5 called/VBD/acl:relcl/3 a/DT/det/7 "
        "coup/NN/xcomp/5",
        [("Lesk", "what", -1, "asserted")],
    ),
    "a thing blocked": (
        "Lesk/NNP/nsubj/2 vetoed/VBD/root/2 the/DT/det/4 pact/NN/obj/2",
        [("Lesk", "pact", -1, "asserted")],
    ),
    "sympathy that one has": (
        "Marr/NNP/nsubj/2 has/VBZ/root/2 my/PRP$/nmod:poss/4 sympathy/NN/obj/2",
        [("my", "Marr", 1, "asserted")],
    ),
    "no position taken": (
        "Lesk/NNP/nsubj/2 took/VBD/root/2 no/DT/det/4 position/NN/obj/2 on/IN/case/7 the/DT/det/7 pact/NN/nmod/4",
        [("Lesk", "pact", 0, "asserted")],
    ),
    "what others are to scrap": (
        "Lesk/NNP/nsubj/2 demanded/VBD/root/2 that/IN/mark/5 Nera/NNP/nsubj/5 scrap/VB/ccomp/2 "
        "the/DT/det/7 fee/NN/obj/5",
        [("Lesk", "fee", -1, "asserted")],
    ),
    "both directions": (
        "Lesk/NNP/nsubj/2 praised/VBD/root/2 Nera/NNP/obj/2 | Nera/NNP/nsubj/2 condemned/VBD/root/2 Lesk/NNP/obj/2",
        [("Lesk", "Nera", 1, "asserted"), ("Nera", "Lesk", -1, "asserted")],
    ),
    "a meeting is no stance": ("Lesk/NNP/nsubj/2 met/VBD/root/2 Nera/NNP/obj/2", []),
    "feelings are not judgements": (
        "Lesk/NNP/nsubj/3 is/VBZ/cop/3 proud/JJ/root/3",
        [],
    ),
}


@pytest.mark.parametrize(("notation", "wanted"), CONSTRUCTIONS.values(), ids=CONSTRUCTIONS)
def test_constructions(notation: str, wanted: list[tuple[str, str, int, str]]) -> None:
    doc = sentence(notation)
    found = Finder(Syntax(doc)).find()
    got = [(doc[f.holder].text, doc[f.target].text, f.sign, f.certainty) for f in found if f.holder is not None]
    assert got == wanted


JUDGEMENTS = {
    "called bad": ("The/DT/det/2 pact/NN/nsubj/4 is/VBZ/cop/4 reckless/JJ/root/4", "pact", -1),
    "not called bad": ("The/DT/det/2 pact/NN/nsubj/5 is/VBZ/cop/5 not/RB/advmod/5 fair/JJ/root/5", "pact", -1),
    "said to have failed": ("Marr/NNP/nsubj/2 lied/VBD/root/2", "Marr", -1),
    "should go": ("Marr/NNP/nsubj/3 should/MD/aux/3 resign/VB/root/3", "Marr", -1),
    "should be built": (
        "The/DT/det/2 bridge/NN/nsubj:pass/5 should/MD/aux/5 be/VB/aux:pass/5 built/VBN/root/5", "bridge", 1
    ),
    "got wrong": ("Marr/NNP/nsubj/2 got/VBD/root/2 it/PRP/obj/2 wrong/JJ/xcomp/2", "Marr", -1),
    "did a great job": ("Marr/NNP/nsubj/2 did/VBD/root/2 a/DT/det/5 great/JJ/amod/5 job/NN/obj/2", "Marr", 1),
    "too good": ("The/DT/det/2 pact/NN/nsubj/5 is/VBZ/cop/5 too/RB/advmod/5 good/JJ/root/5", "pact", -1),
    "the nearest subject": (
        "thought/NN/nsubj/5 is/VBZ/cop/5 ministers/NNS/nsubj/5 are/VBP/cop/5 crazy/JJ/root/5", "ministers", -1
    ),
    "deserves": ("Marr/NNP/nsubj/2 deserves/VBZ/root/2 respect/NN/obj/2", "Marr", 1),
}  # fmt: skip


@pytest.mark.parametrize(("notation", "target", "sign"), JUDGEMENTS.values(), ids=JUDGEMENTS)
def test_whoever_speaks_judges(notation: str, target: str, sign: int) -> None:
    doc = sentence(notation)
    (found,) = Finder(Syntax(doc)).find()
    assert (found.holder, doc[found.target].text, found.sign) == (None, target, sign)


@pytest.mark.parametrize(
    "notation",
    [
        "It/PRP/nsubj/4 was/VBD/cop/4 a/DT/det/4 disaster/NN/root/4",
        "Marr/NNP/nsubj/5 is/VBZ/cop/5 a/DT/det/5 good/JJ/amod/5 example/NN/root/5",
        "Marr/NNP/nsubj/2 had/VBD/root/2 terrible/JJ/amod/4 luck/NN/obj/2",
        "Marr/NNP/nsubj/2 offered/VBD/root/2 support/NN/obj/2",
        "Marr/NNP/nsubj/2 gave/VBD/root/2 a/DT/det/4 gift/NN/obj/2",
    ],
    ids=["it is no name", "good of its kind", "bad luck", "support for others", "a gift"],
)
def test_not_all_that_is_good_or_bad_judges(notation: str) -> None:
    assert [found for found in Finder(Syntax(sentence(notation))).find() if found.holder is None] == []


def test_who_tells_of_a_lawsuit_blames_nobody() -> None:
    sued, endangered = (
        [f.kind for f in Finder(Syntax(sentence(f"Lesk/NNP/nsubj/2 {verb}/VBD/root/2 Nera/NNP/obj/2"))).find()]
        for verb in ("sued", "endangered")
    )
    assert "doing" not in sued
    assert "doing" in endangered


@pytest.mark.parametrize(
    ("adverb", "strength"), [("strongly", 2), ("mildly", 0), ("yesterday", 1)], ids=["strong", "weak", "neither"]
)
def test_adverbs_change_the_strength(adverb: str, strength: int) -> None:
    doc = sentence(f"Lesk/NNP/nsubj/3 {adverb}/RB/advmod/3 criticized/VBD/root/3 Nera/NNP/obj/3")
    (found,) = Finder(Syntax(doc)).find()
    assert found.strength == strength


def test_without_a_parse_nothing_is_found() -> None:
    doc = sentence("Lesk/NNP/nsubj/2 condemned/VBD/root/2 Nera/NNP/obj/2")
    bare = type(doc)(doc.vocab, words=[token.text for token in doc])
    assert Finder(Syntax(bare)).find() == []


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("deny", "denied"), ("ban", "banned"), ("criticize", "criticizing"), ("fight", "fought"), ("veto", "vetoes")],
)
def test_verbs_are_known_in_their_forms(lemma: str, form: str) -> None:
    assert form in forms(lemma, "verb", {"fight": "fought"})


def test_no_word_of_the_lexicon_is_for_and_against_in_one_construction() -> None:
    for (form, pos), frames in lexicon().frames.items():
        signs: dict[tuple[str, str, str], set[int]] = {}
        for frame in frames:
            for role in frame.target:
                signs.setdefault((frame.lemma, frame.holder, role), set()).add(frame.sign)
        assert all(len(found) == 1 for found in signs.values()), (form, pos, signs)


def test_a_deed_that_is_only_wished_for_praises_nobody() -> None:
    told = "Orvania/NNP/nsubj/2 strengthened/VBD/root/2 the/DT/det/4 alliance/NN/obj/2"
    wished = (
        "We/PRP/nsubj/3 never/RB/advmod/3 want/VBP/root/3 to/TO/mark/5 see/VB/xcomp/3 "
        "Orvania/NNP/nsubj/7 strengthen/VB/ccomp/5 the/DT/det/9 alliance/NN/obj/7"
    )
    kinds = [{found.kind for found in Finder(Syntax(sentence(text))).find()} for text in (told, wished)]
    assert "doing" in kinds[0]
    assert "doing" not in kinds[1]
