"""make up and make down: whatever was killed, up makes whole again, and down leaves nothing."""

import signal

from local_stack import wait


def kill(processes):
    for process in processes:
        process.send_signal(signal.SIGKILL)


def test_up_again_starts_nothing_anew_and_says_where_the_ui_is(stack):
    before = [process.pid for process in stack.processes()]
    assert f"http://127.0.0.1:{stack.port}" in stack.up()
    assert [process.pid for process in stack.processes()] == before


def test_what_was_killed_is_started_again_on_the_same_port(stack):
    port = stack.port
    kill(stack.processes())
    wait(lambda: not stack.processes(), "the end of what was killed")
    stack.up()
    assert stack.port == port
    assert stack.processes("server")
    assert stack.processes("worker")
    assert "not running" not in stack.run("deployments.local", "status")


def test_down_leaves_nothing_also_when_the_worker_was_killed(stack):
    kill(stack.processes("worker")[:1])
    stack.down()
    assert stack.processes() == []
    assert stack.run("deployments.local", "status").count("not running") == 3
    assert "nothing was running" in stack.down()
