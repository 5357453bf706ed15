"""The yardstick's own arithmetic: python3 -m unittest discover -s bench/tests."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import checks
import goals
import machine
import plan
import report
import session
from contestant import Contestant, ContestantEnded, end_all, start_all
from table import markdown, median, number, ratio

ECHO = """
import json, sys
print(json.dumps({"ready": "echo"}), flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "die": sys.exit("no more")
    print(json.dumps({"seconds": [float(word) for word in words[1:]], "peak": 7}), flush=True)
"""


def row(network, mode, batch, **contestants):
    return {"network": network, "mode": mode, "batch": batch, "title": network, "contestants": [
        {"key": key.replace("_", "-"), "name": key, "version": "1", "precision": "fp32", "milliseconds": value, "peak_bytes": value, "gflops": 10.0,
         "images_per_second": 1.0, "peak_is_of_the_process": False, "saved_bytes": 2**20, "saved_bytes_predicted": None} for key, value in contestants.items()]}


class Tables(unittest.TestCase):
    def test_median_and_ratio(self):
        self.assertEqual(median([5, 1, 9]), 5)
        self.assertEqual(median([1, 2, 4, 100]), 3)
        self.assertEqual(ratio(3, 2), 1.5)
        self.assertIsNone(ratio(None, 2))
        self.assertIsNone(ratio(1, None))

    def test_numbers_keep_three_digits(self):
        self.assertEqual([number(each) for each in (0.04123, 1.532, 28.94, 289.4, 12345.6, 0)], ["0.0412", "1.53", "28.9", "289", "12,346", "0"])

    def test_a_table_lines_up_with_its_head(self):
        self.assertEqual(markdown(("a", " b"), [("1", "2")]), ["| a | b |", "|---|---:|", "| 1 | 2 |"])


class Goals(unittest.TestCase):
    def evaluated(self, rows, **more):
        return {(each["work"], each["goal"]): each for each in goals.evaluate({"rows": rows, **more})}

    def test_speed_is_rival_over_ours(self):
        rows = [row("resnet20", "train", 128, ours_auto=50.0, pytorch=200.0, pytorch_bf16=70.0)]
        met, missed = [each for each in self.evaluated(rows).values() if each["work"] == "ResNet-20 training, batch 128, Precision.Auto"]
        self.assertEqual((met["reached"], met["met"]), (4.0, True))
        self.assertEqual((missed["reached"], missed["met"]), (1.4, False))

    def test_a_missed_speed_says_what_the_products_alone_take(self):
        rows = [row("resnet20", "train", 128, ours_auto=50.0, pytorch=120.0, pytorch_bf16=150.0)]
        evaluated = list(self.evaluated(rows, matrix_peak={"fp32": {"mm": 20.0, "conv": 12.5}}).values())
        line, = goals.shortfalls(evaluated)
        # 50 ms at 10 of 20 GFLOP/s; the goal, 120 / 3.2 = 37.5 ms, leaves 12.5.
        self.assertIn("asks for 37.5 ms", line)
        self.assertIn("take 25.0 ms", line)
        self.assertIn("leaves 12.5 ms for everything else", line)
        self.assertIn("50 % of that peak", line)
        self.assertEqual(list(goals.shortfalls(list(self.evaluated(rows).values()))), [])

    def test_memory_is_ours_over_the_leaner_rival(self):
        rows = [row("resnet50", "train", 8, ours_fp32=70.0, pytorch=110.0, pytorch_last=90.0)]
        memory = next(each for each in self.evaluated(rows).values() if each["work"].startswith("peak memory, ResNet-50") and "fp32" in each["work"])
        self.assertEqual((memory["rival"], memory["reached"], memory["met"]), (90.0, 0.778, False))

    def test_memory_says_what_it_would_be_with_the_pages_that_were_let_go(self):
        rows = [row("resnet50", "train", 8, ours_fp32=70.0 * 2**20, pytorch=100.0 * 2**20, pytorch_last=110.0 * 2**20)]
        self.assertEqual(list(goals.with_files(goals.evaluate({"rows": rows}))), [])
        rows[0]["contestants"][0]["files_let_go"] = 8 * 2**20
        memory = next(line for line in goals.lines(goals.evaluate({"rows": rows})) if line.startswith("- peak memory"))
        self.assertTrue(memory.endswith("fp32: 8.00 MiB more, 0.780 ×, **not met**."), memory)
        rows[0]["contestants"][0]["files_let_go"] = 4 * 2**20
        self.assertIn("4.00 MiB more, 0.740 ×, met.", "\n".join(goals.lines(goals.evaluate({"rows": rows}))))

    def test_start_up_is_ours_over_theirs(self):
        starts = [{"network": "resnet20", "batch": 128, "contestants": [{"key": "ours-auto", "seconds": 1.0}, {"key": "pytorch", "seconds": 2.0}]}]
        found = next(each for each in self.evaluated([], start=starts).values() if each["figure"] == "start")
        self.assertEqual((found["reached"], found["met"]), (0.5, True))

    def test_a_goal_that_is_just_missed_is_seen_to_be(self):
        text = "\n".join(goals.lines(goals.evaluate({"rows": [row("resnet50", "train", 8, ours_auto=637.0, pytorch_bf16=763.0)]})))
        self.assertIn("| 1.198 × | **no** |", text)

    def test_the_cost_model_is_held_where_it_is_furthest_off(self):
        measured = row("resnet20", "train", 8, ours_fp32=1.0, ours_auto=1.0)
        for each, predicted in zip(measured["contestants"], (1.01, 0.9)):
            each["saved_bytes_predicted"] = predicted * each["saved_bytes"]
        found = goals.model_goal({"rows": [measured]})
        self.assertEqual((found["reached"], found["met"]), (0.9, False))

    def test_what_was_not_measured_is_neither_met_nor_missed(self):
        self.assertEqual({each["met"] for each in goals.evaluate({"rows": []})}, {None})

    def test_every_goal_is_measured_by_the_goals_run(self):
        measured = {(group.network.key, group.mode, batch): group.entries for group in plan.goal_groups() for batch in group.batches}
        for goal in goals.GOALS:
            if goal.figure != "start":
                self.assertTrue({goal.ours, *goal.rivals} <= set(measured[goal.network, goal.mode, goal.batch]), goal.work)


class Checks(unittest.TestCase):
    def test_the_same_losses_pass_and_others_do_not(self):
        reference = [6.9, 6.5, 6.0]
        self.assertIsNone(checks.difference("train", "fp32", [6.9001, 6.5001, 6.01], reference))
        self.assertIn("first loss", checks.difference("train", "fp32", [6.7, 6.5, 6.0], reference))
        self.assertIn("two updates", checks.difference("train", "bf16", [6.9, 6.9, 6.9], reference))
        self.assertIn("not numbers", checks.difference("train", "fp32", [float("nan")] * 3, reference))

    def test_logits_are_compared_on_the_scale_of_the_largest(self):
        self.assertIsNone(checks.difference("infer", "fp32", [100.0, 0.05], [100.0, 0.0]))
        self.assertIn("logits", checks.difference("infer", "fp32", [100.0, 1.0], [100.0, 0.0]))
        self.assertIn("2 values", checks.difference("infer", "fp32", [1.0, 2.0], [1.0]))

    def test_twice_what_the_same_arithmetic_is_off_is_allowed(self):
        self.assertIsNone(checks.difference("infer", "bf16", [100.0, 35.0], [100.0, 0.0], peer=[100.0, 20.0]))
        self.assertIn("0.4 is allowed", checks.difference("infer", "bf16", [100.0, 45.0], [100.0, 0.0], peer=[100.0, 20.0]))


class Turns(unittest.TestCase):
    def contestant(self):
        return Contestant("echo", [sys.executable, "-c", ECHO]).wait_until_ready()

    def test_a_process_answers_and_ends(self):
        contestant = self.contestant()
        self.assertEqual((contestant.version, contestant.run(3), contestant.ask("memory", 0)["peak"]), ("echo", [3.0], 7))
        self.assertEqual(contestant.memory(), (7, 0))
        end_all([contestant])
        self.assertIsNotNone(contestant.process.poll())

    def test_an_end_is_told_with_its_last_words(self):
        contestant = self.contestant()
        with self.assertRaisesRegex(ContestantEnded, "echo ended with exit code 1: no more"):
            contestant.ask("die")
        end_all([contestant])

    def test_who_does_not_start_is_named(self):
        ready, failed = start_all([("broken", [sys.executable, "-c", "raise SystemExit('cannot')"], None)])
        self.assertEqual((ready, list(failed)), ([], ["broken"]))
        self.assertIn("cannot", failed["broken"])


class Reports(unittest.TestCase):
    def test_a_report_has_ratios_and_shares(self):
        results = {"date": "2026-01-01", "machine": machine.describe(2), "warnings": [], "failures": [], "matrix_peak": {"fp32": {"torch.mm": 40.0}},
                   "rows": [row("resnet20", "train", 128, ours_fp32=100.0, pytorch=150.0)]}
        results["goals"] = goals.evaluate(results)
        text = report.text(results)
        self.assertIn("1.50 ×", text)
        self.assertIn("25 %", text)

    def test_a_row_counts_three_passes_in_training(self):
        group = plan.goal_groups()[0]
        merged = {"ours-fp32": {"entry": plan.OURS_FP32, "seconds": [0.5, 0.25, 1.0], "peaks": [3, 5, 4], "let_go": [1, 2, 2], "version": "1", "reset": True}}
        made = session.Session(None, 2, None, None).row(group, 128, {"ours-fp32": {"multiply_adds": 1_000_000, "arithmetic": "fp32"}}, merged)
        figures = made["contestants"][0]
        self.assertEqual((figures["milliseconds"], figures["images_per_second"], figures["peak_bytes"], figures["files_let_go"]), (500, 256, 4, 2))
        self.assertAlmostEqual(figures["gflops"], 3 * 2 * 128e6 / 0.5 / 1e9, places=2)


if __name__ == "__main__":
    unittest.main()
