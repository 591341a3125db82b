# title: large forged drawings in the answer to every call, although only calls of graph are watched
# success: a grader that keeps them all and runs out of memory, or shows hidden inputs in a drawing
# keeps: q3, q4, q5=12
# reach: answers
# fill: init, forward, graph

# %%
import autograder.student.worker as worker
import msgspec
from autograder.wire.facts import Drawing, Line

line = Line((0, 0), (1, 1), [(0, 0)] * 400, True)
forged = [Drawing(lines=[line] * 300)] * 2
honest = worker.Answerer._answer


def answer(self, order):
    return msgspec.structs.replace(honest(self, order), drawings=forged)


worker.Answerer._answer = answer
