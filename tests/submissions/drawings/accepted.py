# Drawings of a right graph in which something is pale, thin, small, half covered, dark, oversized or doubled, or made in
# an unusual way, and a person still sees everything. Each cell is what graph() does before it returns G. There are G
# (nodes "x(1)" ..., labels in "label"), pos, names, labels (of the edges) and the functions nodes, name, edges and label
# of networkx, each for a part of the drawing, with big nodes of size 1400 on a figure of 8 by 8 inches.

# %% as_it_is
nodes(); name(); edges(); label()

# %% pale_grey_edges
nodes(); name(); edges(edge_color="#c4c4c4"); label()

# %% edges_half_transparent
nodes(); name(); edges(alpha=0.3); label()

# %% edges_of_half_a_point
nodes(); name(); edges(width=0.5, arrowsize=8); label()

# %% edges_of_six_points
nodes(); name(); edges(width=6, arrowsize=10); label()

# %% orange_names_on_skyblue
nodes(node_color="skyblue"); name(font_color="darkorange", font_size=14); edges(); label()

# %% white_names_on_dark_nodes
nodes(node_color="black"); name(font_color="white"); edges(); label()

# %% grey_names_on_black_page
plt.gcf().set_facecolor("black"); nodes(node_color="#333333", edgecolors="w")
name(font_color="#888888"); edges(edge_color="#777777"); label(font_color="white", bbox=dict(fc="black", ec="none"))
plt.axis("off")

# %% pale_labels_that_can_be_read
nodes(); name(); edges(); label(font_color="#bbbbbb")

# %% small_letters
nodes(); name(font_size=5); edges(); label(font_size=4.5)

# %% small_figure
plt.gcf().set_size_inches(3, 3)
nodes(node_size=200); name(font_size=6); edges(node_size=200, arrowsize=6, width=0.7); label(font_size=5)

# %% large_figure
plt.gcf().set_size_inches(30, 30)
nodes(); name(); edges(); label()

# %% nodes_half_transparent_over_heads
nodes(alpha=0.5); name(); edges(node_size=600); label()

# %% a_third_of_each_head_covered
nodes(edgecolors="k", linewidths=2); name(); edges(node_size=1250, arrowsize=22); label()

# %% heads_on_top_of_nodes
nodes()
for arrow in edges(node_size=700): arrow.set_zorder(5)
name(); label()

# %% drawn_twice_at_other_strengths
nodes(); name(font_color="white"); name(); edges(alpha=0.05); edges(); label(font_color="white"); label()

# %% white_letters_with_a_black_outline
import matplotlib.patheffects as effects
nodes(node_color="white", edgecolors="k"); edges()
for text in [*name(font_color="white", font_size=16).values(), *label(font_color="white", font_size=16).values()]:
    text.set_path_effects([effects.withStroke(linewidth=2, foreground="black")])

# %% a_veil_over_all
nodes(); name(); edges(); label()
plt.gca().add_patch(plt.Rectangle((-9, -9), 99, 99, color="white", alpha=0.6, zorder=9))

# %% names_beyond_the_edge_of_the_figure
nodes(); edges(); label(); plt.subplots_adjust(0, 0, 1, 1); plt.xlim(0.95, 3.05); plt.axis("off")
for n, (x, y) in pos.items(): plt.text(x - 0.13, y, n, ha="right")

# %% triangle_markers_near_the_end
nodes(); name(); label()
for u, v in G.edges:
    (x0, y0), (x1, y1) = pos[u], pos[v]
    plt.plot([x0, x1], [y0, y1], "k-", lw=1, zorder=0)
    plt.plot(x0 + 0.72 * (x1 - x0), y0 + 0.72 * (y1 - y0), marker="^" if x0 == x1 else ">", color="k", ms=8)

# %% triangles_in_the_middle_of_lines
import math
nodes(); name()
for u, v, text in G.edges(data="label"):
    (x0, y0), (x1, y1) = pos[u], pos[v]
    plt.plot([x0, x1], [y0, y1], color="0.4", zorder=0)
    turn = math.degrees(math.atan2(y1 - y0, x1 - x0)) - 90
    plt.plot((x0 + x1) / 2, (y0 + y1) / 2, marker=(3, 0, turn), color="0.4", ms=11)
    plt.text((x0 + x1) / 2 + 0.1, (y0 + y1) / 2 + 0.1, text)

# %% polygons_as_heads
nodes(); name(); label()
for u, v in G.edges:
    (x0, y0), (x1, y1) = pos[u], pos[v]
    dx, dy = x1 - x0, y1 - y0
    tip = np.array([x0 + 0.8 * dx, y0 + 0.8 * dy])
    plt.plot([x0, tip[0]], [y0, tip[1]], "b", zorder=0)
    back = tip - 0.12 * np.array([dx, dy])
    plt.gca().add_patch(plt.Polygon([tip, back + 0.05 * np.array([-dy, dx]), back + 0.05 * np.array([dy, -dx])], color="b"))

# %% two_strokes_as_heads
nodes(); name(); label()
for u, v in G.edges:
    (x0, y0), (x1, y1) = pos[u], pos[v]
    dx, dy = x1 - x0, y1 - y0
    tip = np.array([x0 + 0.83 * dx, y0 + 0.83 * dy])
    plt.plot([x0, tip[0]], [y0, tip[1]], "k", zorder=0)
    for side in (1, -1):
        end = tip - 0.1 * np.array([dx, dy]) + side * 0.05 * np.array([-dy, dx])
        plt.plot([end[0], tip[0]], [end[1], tip[1]], "k")

# %% bent_lines_as_heads
nodes(); name(); label()
for u, v in G.edges:
    p, q = np.array(pos[u], float), np.array(pos[v], float)
    d = q - p; n = np.array([-d[1], d[0]]); tip = p + 0.83 * d
    plt.plot(*np.array([p, tip]).T, "k", zorder=0)
    plt.plot(*np.array([tip - 0.1 * d + 0.06 * n, tip, tip - 0.1 * d - 0.06 * n]).T, "k")

# %% line_collection_and_scattered_triangles
from matplotlib.collections import LineCollection
nodes(); name(); label()
plt.gca().add_collection(LineCollection([(pos[u], pos[v]) for u, v in G.edges], colors="k", zorder=0))
up = [(u, v) for u, v in G.edges if pos[u][0] == pos[v][0]]
across = [(u, v) for u, v in G.edges if pos[u][0] != pos[v][0]]
plt.scatter([pos[v][0] for u, v in up], [pos[v][1] - 0.27 for u, v in up], marker="^", c="k", s=60)
plt.scatter([pos[v][0] - 0.2 for u, v in across], [pos[v][1] for u, v in across], marker=">", c="k", s=60)

# %% curved_lines_of_many_points
nodes(); name()
for u, v, text in G.edges(data="label"):
    p, q = np.array(pos[u], float), np.array(pos[v], float)
    d = q - p; n = np.array([-d[1], d[0]]); s = np.linspace(0, 1, 30)[:, None]
    curve = p + s * d + 0.3 * s * (1 - s) * n
    plt.plot(*curve.T, "k", zorder=0)
    plt.annotate("", curve[23], curve[20], arrowprops=dict(arrowstyle="-|>", fc="k"))
    plt.text(*(p + 0.5 * d + 0.16 * n), text)

# %% an_axes_for_each_time_step
from matplotlib.patches import ConnectionPatch
plt.clf(); figure = plt.gcf(); where = {}
for t, ax in zip((1, 2, 3), figure.subplots(1, 3)):
    ax.set_xlim(-1, 1); ax.set_ylim(-0.5, 3.5); ax.axis("off")
    for k, c in enumerate("xazL"):
        where[f"{c}({t})"] = ax, (0, k)
        ax.text(0, k, f"{c}({t})", ha="center", va="center", bbox=dict(boxstyle="circle", fc="lightyellow"))
for u, v, text in G.edges(data="label"):
    (one, p), (two, q) = where[u], where[v]
    figure.add_artist(ConnectionPatch(p, q, "data", "data", axesA=one, axesB=two, arrowstyle="-|>", shrinkA=24,
                                      shrinkB=24, mutation_scale=14, fc="k"))
    a, b = (figure.transFigure.inverted().transform(ax.transData.transform(xy)) for ax, xy in (where[u], where[v]))
    figure.text(*((a + b) / 2 + 0.012), text)

# %% hollow_heads
nodes(); name(); label()
for arrow in edges(arrowsize=20): arrow.set_facecolor("white")

# %% dashed_and_dotted
nodes(); name(); label(); edges(style=":", width=1)

# %% framed_labels_over_the_lines
nodes(node_color="w", edgecolors="g"); name(); edges()
label(bbox=dict(boxstyle="round", fc="#ffffe0", ec="0.7"), font_color="#806000", rotate=False)

# %% a_grid_and_a_background_picture
nodes(); name(); edges(); label(); plt.axis("on"); plt.grid(True)
plt.imshow(np.linspace(0.7, 1, 100).reshape(10, 10), extent=(0, 4, -1, 4), cmap="gray", vmin=0, vmax=1, aspect="auto", zorder=-5)

# %% annotations_with_boxes
plt.xlim(0.5, 3.5); plt.ylim(-0.5, 3.5)
for n, p in pos.items(): plt.text(*p, n, ha="center", va="center", bbox=dict(boxstyle="round", fc="0.3"), color="w")
for u, v, text in G.edges(data="label"):
    plt.annotate("", pos[v], pos[u], arrowprops=dict(arrowstyle="simple", fc="0.8", ec="0.6", shrinkA=20, shrinkB=20))
    plt.text((pos[u][0] + pos[v][0]) / 2, (pos[u][1] + pos[v][1]) / 2, text, ha="center", va="center", size=8)

# %% thin_polygons_of_arrow
nodes(); name(); label()
for u, v in G.edges:
    (x0, y0), (x1, y1) = pos[u], pos[v]
    plt.arrow(x0, y0, 0.8 * (x1 - x0), 0.8 * (y1 - y0), width=0.002, head_width=0.06, head_length=0.09,
              length_includes_head=True, color="0.6", zorder=0)

# %% names_lifted_by_a_blank_line
nodes(node_size=300); edges(node_size=300); label()
for n, (x, y) in pos.items(): plt.text(x, y, n + "\n\n", ha="center", va="center")

# %% names_and_labels_between_blank_lines
nodes(); edges()
for n, (x, y) in pos.items(): plt.text(x, y, f"\n{n}\n", ha="center", va="center")
for (u, v), text in labels.items():
    (x0, y0), (x1, y1) = pos[u], pos[v]
    plt.text((x0 + x1) / 2, (y0 + y1) / 2, f" {text}\n", ha="center", va="center")

# %% turned_names_with_blanks
nodes(); edges(); label()
for n, (x, y) in pos.items(): plt.text(x, y, f"  {n}  ", ha="center", va="center", rotation=90)

# %% drawn_by_hand
plt.close("all")
with plt.xkcd():
    plt.figure(figsize=(8, 8)); nodes(); name(); edges(); label()

# %% a_sketch
nodes(); name(); label()
for arrow in edges(): arrow.set_sketch_params(2, 80, 4)

# %% hatched_nodes_and_a_hatched_band
plt.gca().add_patch(plt.Rectangle((0.5, -0.5), 3, 1, fill=False, hatch="/", ec="0.7", zorder=0))
nodes().set_hatch("//"); name(bbox=dict(fc="w", ec="none", pad=1)); edges(); label()

# %% a_grid_on_top_and_a_thick_frame
nodes(); name(); edges(); label()
axes = plt.gca(); axes.axis("on"); axes.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5)); axes.grid(zorder=9); axes.set_axisbelow(False)
axes.xaxis.set_zorder(9); axes.tick_params(labelbottom=True, labelleft=True, width=8, length=10)
axes.set_xlabel("time", bbox=dict(fc="w"))
for side in axes.spines.values(): side.set(linewidth=12, zorder=9)

# %% a_thick_pale_grid_below
plt.gca().set_axisbelow(True)
nodes(); name(); edges(); label(); plt.axis("on"); plt.grid(lw=20, color="0.95")

# %% a_shaded_background
nodes(); name(); edges(); label()
limits = plt.axis(); plt.pcolormesh(limits[:2], limits[2:], [[0, 1], [1, 0]], shading="gouraud", cmap="Blues", vmax=5, zorder=-3)

# %% an_overlay_that_is_clear_in_the_middle
nodes(); name(); edges(); label()
overlay = np.zeros((100, 100, 4)); overlay[:3] = overlay[-3:] = overlay[:, :3] = overlay[:, -3:] = (0.2, 0.3, 0.9, 1)
plt.imshow(overlay, extent=plt.axis(), aspect="auto", zorder=9)

# %% filters_that_leave_enough
nodes(); edges(); label(); fade = lambda image, dpi: (image * (1, 1, 1, 0.6), 0, 0)
def shadow(image, dpi):
    wide = np.pad(image, ((6, 6), (6, 6), (0, 0))); wide[3:, 3:, 3] = np.maximum(wide[3:, 3:, 3], 0.3 * wide[:-3, :-3, 3])
    return wide, -6, -6
for number, text in enumerate(name().values()): text.set_agg_filter((fade, shadow)[number % 2])

# %% letters_under_a_thin_stroke
from matplotlib.patheffects import Normal, Stroke
nodes(); edges(); label()
for text in name(font_size=16).values(): text.set_path_effects([Normal(), Stroke(linewidth=1, foreground="navy")])

# %% labels_aside_with_arrows_to_their_edges
nodes(); name(); edges()
for (u, v), text in labels.items():
    middle = (np.array(pos[u]) + pos[v]) / 2
    plt.annotate(text, middle, xytext=middle + (0.22, 0.2), arrowprops=dict(arrowstyle="->", color="0.4", lw=0.6))

# %% a_wide_gap_round_each_label
name(font_size=12)
for (u, v), text in labels.items():
    start, end = np.array(pos[u]), np.array(pos[v])
    first, before, after, last = (start + share * (end - start) for share in (0.2, 0.39, 0.61, 0.8))
    plt.plot(*zip(first, before), "k"); plt.text(*(start + end) / 2, text, ha="center", va="center")
    plt.annotate("", last, after, arrowprops=dict(arrowstyle="->", shrinkA=0, shrinkB=0))
plt.axis((0.5, 3.5, -0.5, 3.5))

# %% labels_in_circles_between_names_without_symbols
name(font_size=12)
for (u, v), text in labels.items():
    start, end = np.array(pos[u]), np.array(pos[v]); middle = (start + end) / 2
    plt.plot(*zip(start + 0.2 * (end - start), middle), "k")
    plt.annotate("", start + 0.8 * (end - start), middle, arrowprops=dict(arrowstyle="->", shrinkA=0, shrinkB=0))
    plt.text(*middle, text, ha="center", va="center", bbox=dict(boxstyle="circle", fc="w", ec="w"), zorder=9)
plt.axis((0.5, 3.5, -0.5, 3.5))

# %% arrows_in_one_collection
from matplotlib.collections import PatchCollection
from matplotlib.patches import FancyArrow
name(); label(rotate=False, horizontalalignment="left", verticalalignment="bottom")
shares = [(pos[u], np.subtract(pos[v], pos[u])) for u, v in G.edges]
plt.gca().add_collection(PatchCollection([FancyArrow(*(start + 0.2 * way), *0.6 * way, width=0.02, length_includes_head=True) for start, way in shares]))
plt.axis((0.5, 3.5, -0.5, 3.5))

# %% a_background_of_tiles
plt.pcolormesh(np.arange(0.5, 4), np.arange(-0.5, 4), np.arange(12).reshape(4, 3) % 2, cmap="Pastel1", zorder=-1)
nodes(); name(); edges(); label()

# %% lines_in_changing_colours
from matplotlib.collections import LineCollection
nodes(); name(); label(rotate=False, horizontalalignment="left", verticalalignment="bottom")
for u, v in G.edges:
    start, way = np.array(pos[u]), np.subtract(pos[v], pos[u])
    points = [start + share * way for share in np.linspace(0.2, 0.78, 12)]
    plt.gca().add_collection(LineCollection([*zip(points, points[1:])], array=np.arange(11.0), cmap="winter"))
    plt.plot(*points[-1], marker=(3, 0, np.degrees(np.arctan2(way[1], way[0])) - 90), color="green", ms=10)
