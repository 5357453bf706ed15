"""One process of a comparison, spoken to in lines: a command goes in, a line of JSON comes back."""
import json
import os
import select
import signal
import subprocess
import tempfile
import time

PATIENCE = 600  # seconds that an answer may take


class ContestantEnded(Exception):
    """The process has ended, or does not answer; the text says how."""


class Contestant:
    def __init__(self, name, command, environment=None):
        self.name = name
        self.errors = tempfile.TemporaryFile("w+", errors="replace")
        # A session of its own: Ctrl-C is for the front end alone, which then ends all of them.
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True,
            env={**os.environ, **(environment or {})}, start_new_session=True)
        self.version = None

    def wait_until_ready(self):
        self.version = self.read()["ready"]
        return self

    def ask(self, *words):
        self.send(*words)
        return self.read()

    def send(self, *words):
        try:
            self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer, or its absence, tells more

    def read(self):
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            raise ContestantEnded(f"{self.name} has not answered for {PATIENCE} seconds")
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        code = self.process.wait()
        how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        raise ContestantEnded(f"{self.name} ended {how}{self.last_words()}")

    def last_words(self):
        self.errors.seek(0)
        lines = [line.strip() for line in self.errors.read().splitlines() if line.strip()]
        return f": {lines[-1]}" if lines else ""

    def run(self, count):
        """Seconds of each of `count` iterations."""
        return self.ask("run", count)["seconds"]

    def memory(self):
        """Greatest resident size in bytes since the last batch was opened, or since the start; and how many bytes of program files it would be
        larger by had the process not let go of them."""
        said = self.ask("memory")
        return said["peak"], said.get("files_let_go", 0)

    def end(self):
        """Ends the process, gently where it listens."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        for stop in (lambda: None, self.process.terminate, self.process.kill):
            stop()
            try:
                self.process.wait(2)
                break
            except subprocess.TimeoutExpired:
                continue
        self.process.stdout.close()
        self.errors.close()


def start_all(specifications):
    """Starts several processes at once, (name, command, environment) each, and gives them when all are ready; those that did not
    come up are given as errors, by name."""
    started = [Contestant(*each) for each in specifications]
    ready, failed = [], {}
    try:
        for contestant in started:
            try:
                ready.append(contestant.wait_until_ready())
            except ContestantEnded as ended:
                failed[contestant.name] = str(ended)
                contestant.end()
    except BaseException:
        end_all(started)
        raise
    return ready, failed


def end_all(contestants):
    for contestant in contestants:
        contestant.process.stdin.closed or contestant.end()


def seconds_to_first_line(command, environment=None):
    """Seconds from the start of a process to the first line that it prints, and that line; it may end afterwards."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+", errors="replace") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True,
                                   env={**os.environ, **(environment or {})}, start_new_session=True)
        try:
            line = process.stdout.readline().strip()
            seconds = time.perf_counter() - started
            process.communicate(timeout=PATIENCE)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if process.returncode != 0 or not line:
            errors.seek(0)
            raise ContestantEnded(f"{command[0]} ended with exit code {process.returncode}: {errors.read().strip()[-300:]}")
    return seconds, line
