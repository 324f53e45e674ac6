"""The customer behind a conversation: who it is, what they have, what is done for them."""

from aiohttp import web

from gateway.desk import customers
from gateway.desk.api.bodies import CustomerBody, CustomersQuery, OperateBody
from gateway.desk.api.conversations import CONVERSATION
from gateway.desk.api.gate import conversation_of, let_in, rep_of
from gateway.desk.api.keys import DESK
from gateway.desk.operating import Order, do_operate, preview
from gateway.web.bodies import read_body, read_query
from gateway.web.replies import reply

routes = web.RouteTableDef()


@routes.get(CONVERSATION + "/customer")
@let_in
async def show(request: web.Request) -> web.Response:
    """Profile and accounts."""
    return reply(await customers.read_customer(request.app[DESK], rep_of(request), conversation_of(request)))


@routes.put(CONVERSATION + "/customer")
@let_in
async def choose(request: web.Request) -> web.Response:
    """Say who it is."""
    body = await read_body(request, CustomerBody)
    found = await customers.do_choose_customer(
        request.app[DESK], rep_of(request), conversation_of(request), body.profile_id, checked=body.checked
    )
    return reply(found)


@routes.get(CONVERSATION + "/accounts/{account:[0-9a-f]{32}}")
@let_in
async def account(request: web.Request) -> web.Response:
    """One account."""
    found = await customers.read_account(
        request.app[DESK], rep_of(request), conversation_of(request), request.match_info["account"]
    )
    return reply(found)


@routes.post(CONVERSATION + "/operations")
@let_in
async def operate(request: web.Request) -> web.Response:
    """Preview an operation, or do it."""
    body = await read_body(request, OperateBody)
    order = Order(body.operation, body.account_id, body.values)
    desk, rep, conversation_id = request.app[DESK], rep_of(request), conversation_of(request)
    if body.preview or body.key is None:
        return reply({"receipt": await preview(desk, rep, conversation_id, order)})
    return reply({"receipt": await do_operate(desk, rep, conversation_id, order, key=body.key)})


@routes.get("/api/desk/customers")
@let_in
async def find(request: web.Request) -> web.Response:
    """The profiles that manage an account."""
    asked = read_query(request, CustomersQuery)
    return reply(await customers.find_customers(request.app[DESK], rep_of(request), asked.account_number))
