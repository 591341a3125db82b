from otter.test_files import test_case
OK_FORMAT = False
name = "q3"
points = None


@test_case(name="q3 easy", points=100)
def test_easy():
    pass
