"""What each refusal is called in the reader's language."""

from django.utils.translation import gettext as _

from law.refusal import Refusal


def titles() -> dict[str, str]:
    """What each refusal is called."""
    return {
        "invalid": _("Some values cannot be right"),
        "not_found": _("There is no such file here"),
        "wrong_role": _("This step is not yours to take"),
        "wrong_state": _("The state does not allow this step"),
        "verdict_differs": _("The law's verdict on this document is another one"),
        "date_in_future": _("The date lies in the future"),
        "date_before_last": _("The date lies before the last entry of the file"),
        "ref_taken": _("This number already belongs to another document"),
        "file_type": _("Only PDF, PNG and JPEG files are kept"),
        "file_size": _("The file is larger than 20 MB"),
        "not_authenticated": _("A valid token is needed"),
        "out_of_scope": _("The token is not for this"),
        "bad_request": _("The request cannot be read"),
        "unavailable": _("The office's stores do not answer"),
        "broken": _("Something broke on our side"),
        "method_not_allowed": _("This address does not answer such requests"),
        "stale": _("The file has changed since it was read"),
        **_titles_of_the_course(),
        **_titles_of_people(),
        **_titles_of_letters(),
        **_titles_of_what_is_not_there(),
        **_titles_of_who_takes_part(),
    }


def _titles_of_the_course() -> dict[str, str]:
    """What the refusals of the path are called."""
    return {
        "ground_unknown": _("The law knows no such ground for this step"),
        "evidence_missing": _("What proves this is missing"),
        "reason_needed": _("The day can be read in two ways: a reason is needed"),
        "other_person": _("The ground befalls another kind of person"),
        "ground_holds": _("The proceedings stand still on this ground already"),
        "ground_not_held": _("The proceedings do not stand still on this ground"),
        "no_voluntary_term": _("The document is executed at once: there is no offer"),
        "offer_delivered": _("The offer was delivered already"),
        "not_two_months": _("The term of execution is not two months"),
        "balance_left": _("The debt is not paid in full"),
        "nothing_left": _("Nothing is left of the debt: there is nothing to return"),
        "above_balance": _("The sum is not within what is left of the debt"),
        "no_sum": _("The claim is not a sum of money"),
        "own_request": _("Nobody decides on his own request"),
        "proceeding_stands": _("The proceedings stand still or have ended"),
        "not_correctable": _("This line cannot be annulled now"),
        "wrong_authority": _("This authority cannot annul the line"),
        "already_accepted": _("The document was accepted already"),
        "ordered_already": _("The bank was ordered already to pay this"),
        "ordered_enough": _("Banks were ordered already to pay all that is left"),
        "secured_elsewhere": _("A measure of the office the document came from is still in force"),
        "not_in_law": _("The law of this case knows no such step"),
        "day_has_come": _("The day has come already"),
        "two_months_over": _("The two months are over"),
        "which_one": _("Several are possible: choose one"),
        "password": _("The password is wrong"),
        "password_rest": _("Too many attempts: try again in 15 minutes."),
        "postponed_already": _("The acts are postponed already, or the request waits"),
        "deferred_already": _("The court's deferral goes on already"),
        "not_deferred": _("The court has not deferred the execution"),
        "wrong_period": _("The days do not fit together"),
        "is_sum": _("The claim is a sum of money: record a recovery"),
        "performed_already": _("The claim was performed in full already"),
        "above_cost": _("The sum is not within what is left of the cost"),
        **_titles_of_measures(),
        **_titles_of_grounds(),
    }


def _titles_of_measures() -> dict[str, str]:
    """What the refusals of securing, of coercion and of what is executed are called."""
    return {
        "sanction_needed": _("This needs the prosecutor's sanction: it is asked for first"),
        "target_unfit": _("This kind of measure is not laid on that"),
        "same_kind": _("A measure is replaced by one of another kind"),
        "sanction_number_taken": _("The prosecutor's office gave this number to another sanction"),
        "no_bank": _("No bank carries this measure out"),
        "frozen_above": _("With what is frozen already this is more than is left of the debt"),
        "debt_paid": _("Nothing is left of the debt: there is nothing to enforce"),
        "sums_executed": _("All but the payments that come again is executed already"),
        "no_inventory_due": _("No inventory waits to be made here"),
        "claimant_applied": _("The claimant applied for securing: the inventory is a duty"),
        "voluntary_stage": _("The debtor may still comply by himself"),
        "execution_deferred": _("The court has deferred the execution"),
        "acts_postponed": _("The enforcement acts are postponed"),
        "claim_unfit": _("This act does not fit the claim"),
        "secures_only": _("The document only secures a claim"),
        "only_secures": _("The document only secures a claim: nothing is recovered by it"),
        "channel_unfit": _("Sent that way, this cannot come of it"),
        "nothing_secured": _("Nothing is secured that this act could rest on"),
    }


def title(found: Refusal) -> str:
    """What the refusal is called: exactly, or by its code."""
    known = titles()
    return known.get(found.says) or known.get(found.code, found.code)


def _titles_of_people() -> dict[str, str]:
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


def _titles_of_who_takes_part() -> dict[str, str]:
    """What it is called that somebody cannot take part, or act for a party."""
    return {
        "cannot_represent": _("Such a person cannot be a representative"),
        "authority_over": _("The authority of the representative is over"),
        "power_missing": _("His authority does not name this power"),
        "unknown_signer": _("Who signed is neither a claimant nor his representative here"),
        "other_principal": _("He does not represent the party that has to sign"),
        "personal_duty": _("Only the debtor himself can do it: it is entrusted to nobody"),
        "owes_already": _("The successor owes this claim already: one proceeding goes on"),
        "confusion": _("Who owes and who is owed would be one person: the debt ends"),
        "nobody_engaged": _("Nobody takes part beside the parties"),
    }


def _titles_of_letters() -> dict[str, str]:
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


def _titles_of_what_is_not_there() -> dict[str, str]:
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
        "above_schedule": _("The arrears are more than the months in time owe by that day"),
        "late_not_reckoned": _(
            "A part of the payments is out of time: reckon the months first, then the arrears"
        ),
        "not_periodic": _("No payments that come again are claimed"),
        "not_a_sum": _("Only a sum of money is indexed"),
        "no_surplus": _("Nothing above the debt waits to be given back"),
        "nothing_beside": _("Every claim is a sum of money, or performed already"),
        "no_cost_waits": _("No cost waits to be paid back"),
        "no_line_to_annul": _("No line can be annulled now"),
    }


def _titles_of_grounds() -> dict[str, str]:
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
        "answered_otherwise": _("A file taken for checking comes back; the rest is answered"),
        "recused": _("He was recused from this case"),
        "nothing_asked": _("No such application was sent that waits for its answer"),
        "complaint_waits": _("The proceedings stand still until the court decides the complaint"),
        "nothing_handed_in": _("No such complaint was recorded that waits for the court"),
        "not_his_to_lodge": _("This is for another party to lodge"),
        "other_territory": _("No place of execution lies in the territory of that office"),
        "no_act_to_know": _("No act that somebody could not know of"),
        "ground_claim_unfit": _("The ground does not fit the claim"),
    }
