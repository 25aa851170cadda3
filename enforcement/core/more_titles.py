"""What refusals are called that say what is done first, or that nothing is there."""

from django.utils.translation import gettext as _


def titles_of_people() -> dict[str, str]:
    """What the refusals of putting somebody right are called."""
    return {
        "initiation_stands": _("The initiation cannot be annulled as it stands"),
        "initiation_stands.secured": _("A measure is in force: it is lifted first"),
        "initiation_stands.paid": _("Money came in: its lines are annulled first"),
        "initiation_stands.spent": _("Costs were written: their lines are annulled first"),
        "initiation_stands.asked": _("A postponement waits: it is decided first"),
        "paper_left": _("A paper has left already: what it says is put right, not typed anew"),
        "runs_elsewhere": _("Execution on this document goes on at another office"),
        "not_left_yet": _("No paper has left yet: the intake itself is corrected"),
        "verdict_moves": _("So corrected the document could not stand admitted as it is"),
        "claim_in_use": _("Something hangs on the claim already: it is annulled first"),
    }


def titles_of_who_takes_part() -> dict[str, str]:
    """What it is called that somebody cannot take part, or act for a party."""
    return {
        "cannot_represent": _("Such a person cannot be a representative"),
        "authority_over": _("The authority of the representative is over"),
        "power_missing": _("His authority does not name this power"),
        "other_principal": _("He does not represent the party that has to sign"),
        "personal_duty": _("Only the debtor himself can do it: it is entrusted to nobody"),
        "nobody_engaged": _("Nobody takes part beside the parties"),
    }


def titles_of_letters() -> dict[str, str]:
    """What the refusals of requests, demands, summonses and protocols are called."""
    return {
        "one_addressee": _("Such a letter goes to one addressee"),
        "offence_unfit": _("The protocol does not follow what was not met"),
        "offence_followed": _("A protocol follows it already"),
        "received_already": _("The addressee received it already"),
        "not_received": _("The letter has not reached its addressee yet"),
        "reply_not_due": _("The last day for the reply is not over yet"),
        "reply_not_owed": _("A decision is awaited: nobody is late with it"),
    }


def titles_of_what_is_not_there() -> dict[str, str]:
    """What it is called that there is nothing to take a step on, or nothing left."""
    return {
        "nothing_there": _("There is nothing yet to take this step on"),
        "nothing_there.proceeding": _("No proceedings are open yet"),
        "nothing_there.measure": _("No freeze was requested yet"),
        "nothing_there.postponement": _("No postponement waits for approval"),
        "nothing_there.submission": _("No petition or complaint waits for an answer"),
        "nothing_there.letter": _("No letter was sent yet"),
        "nothing_left_to_pay": _("Nothing is left of the debt"),
        "no_sum_claimed": _("No sum of money is claimed"),
        "arrears_not_reckoned": _("The arrears of the payments that come again are not reckoned"),
        "not_periodic": _("No payments that come again are claimed"),
        "no_surplus": _("Nothing above the debt waits to be given back"),
        "nothing_beside": _("Every claim is a sum of money, or performed already"),
        "no_cost_waits": _("No cost waits to be paid back"),
        "no_line_to_annul": _("No line can be annulled now"),
    }


def titles_of_grounds() -> dict[str, str]:
    """What it is called that a ground lacks what it needs."""
    return {
        "only_a_firm": _("Only a legal person has a liquidation commission"),
        "not_all_done": _("Not everything the document demands is done"),
        "months_decide": _("Payments that come again are executed when every month is paid"),
        "not_over": _("The document was presented in time"),
        "not_searched": _("The debtor's property was not looked for yet"),
        "nothing_meant": _("Nothing was taken that could be refused"),
        "term_restored": _("A court restored the term of presentation"),
        "property_held": _("Money or property of the debtor is held"),
        "address_known": _("The debtor's new address is known: the document goes with him"),
        "others_owed": _("Other claimants are still owed"),
        "not_forced": _("Nothing was put on sale yet"),
        "something_left": _("Property that can be recovered here is still arrested"),
        "challenged": _("Your challenge is not decided yet: only what cannot wait is taken"),
        "own_recusal": _("Nobody decides on the challenge of himself"),
        "recused": _("He was recused from this case"),
        "nothing_handed_in": _("No such complaint was recorded that waits for the court"),
        "not_his_to_lodge": _("This is for another party to lodge"),
        "other_territory": _("No place of execution lies in the territory of that office"),
        "no_act_to_know": _("No act that somebody could not know of"),
        "ground_claim_unfit": _("The ground does not fit the claim"),
    }
