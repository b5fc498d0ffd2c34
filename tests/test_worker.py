"""The background worker's table of jobs."""

from timpora import worker


def test_every_job_of_the_worker_names_a_function_that_exists() -> None:
    assert set(worker.functions()) == set(worker.JOBS)
    assert all(callable(function) for function in worker.functions().values())
