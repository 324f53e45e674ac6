"""Routes of accounts, billing addresses and plans."""

from backend.api.handlers import accounts
from backend.api.routes import Route, Who
from backend.api.schemas import accounts as am
from backend.api.schemas import people as pm
from backend.api.schemas import receipts as rm

ACCOUNT = "/v1/accounts/{account_id}"

ROUTES = (
    Route("GET", "/v1/accounts", accounts.list_accounts, "My accounts", "Accounts", answer=am.AccountsOut),
    Route(
        "POST",
        "/v1/accounts",
        accounts.link_account,
        "Link one more account with proof",
        "Accounts",
        body=pm.ProofIn,
        answer=rm.ReceiptOut,
        status=201,
        writes=True,
        refusals=(
            "proof_not_matching",
            "account_already_linked",
            "account_number_invalid",
            "address_invalid",
            "too_many_attempts",
        ),
    ),
    Route("GET", ACCOUNT, accounts.show_summary, "The account summary", "Accounts", answer=am.SummaryOut),
    Route(
        "POST",
        f"{ACCOUNT}/unlink",
        accounts.unlink_account,
        "Unlink an account",
        "Accounts",
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
        refusals=("last_account",),
    ),
    Route(
        "POST",
        f"{ACCOUNT}/default",
        accounts.set_default_account,
        "Make an account the default one",
        "Accounts",
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
    ),
    Route(
        "GET",
        f"{ACCOUNT}/address",
        accounts.show_address,
        "The billing address, and the one scheduled",
        "Billing address",
        answer=am.AddressStateOut,
    ),
    Route(
        "POST",
        f"{ACCOUNT}/address",
        accounts.change_address,
        "Change the billing address at once or from a date on; a second scheduled change replaces the first",
        "Billing address",
        body=am.AddressChangeIn,
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
        refusals=("address_invalid", "address_unchanged", "effective_date_past", "effective_date_too_far"),
    ),
    Route(
        "DELETE",
        f"{ACCOUNT}/address/scheduled",
        accounts.cancel_scheduled_address,
        "Cancel the scheduled change",
        "Billing address",
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
        refusals=("no_scheduled_change",),
    ),
    Route(
        "GET",
        "/v1/plans",
        accounts.list_plans,
        "The plans on offer",
        "Long-distance plans",
        who=Who.ANYONE,
        answer=am.PlansOut,
    ),
    Route(
        "GET",
        f"{ACCOUNT}/plans",
        accounts.list_account_plans,
        "The plans this account may have",
        "Long-distance plans",
        answer=am.PlansOut,
    ),
    Route(
        "POST",
        f"{ACCOUNT}/plan",
        accounts.switch_plan,
        "Switch the plan at once, without an administrative fee",
        "Long-distance plans",
        body=am.PlanIn,
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
        refusals=("plan_not_found", "plan_unchanged", "plan_not_for_account"),
    ),
)
