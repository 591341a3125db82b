# Drawings of a right graph in which something cannot be seen. Each cell is what graph() does before it returns G, as in
# accepted.py; behind its name are the cases that it loses.

# %% names_yellow_on_white [names]
nodes(node_color="white", edgecolors="k"); name(font_color="yellow"); edges(); label()

# %% names_pale_on_pale [names]
nodes(node_color="#f0f0ff"); name(font_color="white"); edges(); label()

# %% names_navy_on_black [names]
nodes(node_color="black"); name(font_color="#000022"); edges(); label()

# %% names_nearly_transparent [names]
nodes(); name(alpha=0.03); edges(); label()

# %% names_of_three_points [names]
nodes(); name(font_size=3); edges(); label()

# %% nodes_drawn_over_names [names]
nodes().set_zorder(7); name(); edges(); label()

# %% names_invisible [names]
nodes()
for text in name().values(): text.set_visible(False)
edges(); label()

# %% one_name_under_a_patch [names]
nodes(); name(); edges(); label()
plt.gca().add_patch(plt.Circle(pos["z(2)"], 0.09, color="w", zorder=8))

# %% names_cut_off_by_the_axes [names]
nodes(); edges(); label()
plt.ylim(-0.22, 3.5)
for n, (x, y) in pos.items(): plt.text(x, y - 0.3, n, ha="center", va="center", clip_on=True)

# %% names_in_a_box_of_their_colour [names]
nodes(); name(font_color="navy", bbox=dict(fc="navy", ec="navy")); edges(); label()

# %% edges_nearly_transparent [arrows]
nodes(); name(); edges(alpha=0.02); label()

# %% edges_in_pale_yellow [arrows]
nodes(); name(); edges(edge_color="#ffffcc"); label()

# %% edges_black_on_black [arrows]
plt.gcf().set_facecolor("black"); nodes(); name(); edges(edge_color="black"); label(); plt.axis("off")

# %% no_width_but_heads [arrows]
nodes(); name(); edges(width=0, arrowsize=20); label()

# %% heads_of_half_a_point [arrows]
nodes(); name(); edges(arrowsize=1); label()

# %% heads_under_square_nodes [arrows]
nodes(node_shape="s", node_size=2500); name(); edges(node_size=300); label()

# %% default_node_size_for_edges [arrows]
nodes(node_size=2000); name(); edges(node_size=300); label()

# %% one_edge_invisible [arrows]
nodes(); name(); label(); edges()[4].set_visible(False)

# %% heads_under_patches [arrows]
edges(node_size=50); name(); label()
for p in pos.values(): plt.gca().add_patch(plt.Circle(p, 0.14, fc="lightgreen", ec="k", zorder=2))

# %% annotations_into_the_middle_of_nodes [arrows]
nodes(); name(); label()
for u, v in G.edges: plt.annotate("", pos[v], pos[u], arrowprops=dict(arrowstyle="->"), zorder=0)

# %% white_triangles_as_heads [arrows]
nodes(); name(); label()
for u, v in G.edges:
    (x0, y0), (x1, y1) = pos[u], pos[v]
    plt.plot([x0, x1], [y0, y1], "k-", lw=0.5, zorder=0)
    plt.plot(x0 + 0.7 * (x1 - x0), y0 + 0.7 * (y1 - y0), marker="^" if x0 == x1 else ">", color="w", ms=8, zorder=-1)

# %% labels_white [labels]
nodes(); name(); edges(); label(font_color="white", bbox=dict(fc="none", ec="none"))

# %% labels_pale_in_a_pale_box [labels]
nodes(); name(); edges(); label(font_color="#f5f5dc", bbox=dict(fc="white", ec="k"))

# %% labels_transparent [labels]
nodes(); name(); edges(); label(alpha=0.01)

# %% labels_of_two_points [labels]
nodes(); name(); edges(); label(font_size=2)

# %% labels_under_bands [labels]
nodes(); name(); edges(); label()
for k in (0.5, 1.5, 2.5): plt.plot([0.9, 3.1], [k, k], color="0.9", lw=18, zorder=5)
plt.plot([1.4, 1.6], [1, 1], color="0.9", lw=18, zorder=5); plt.plot([2.4, 2.6], [1, 1], color="0.9", lw=18, zorder=5)

# %% labels_under_the_big_nodes [labels]
nodes(); name(); edges()
for u, v, text in G.edges(data="label"):
    (x0, y0), (x1, y1) = pos[u], pos[v]
    plt.text(x0 + 0.1 * (x1 - x0), y0 + 0.1 * (y1 - y0), text, ha="center", va="center", zorder=1)

# %% labels_cut_off [labels]
nodes(); name(); edges()
for text in label().values(): text.set_clip_path(plt.Circle((0, 0), 1, transform=plt.gca().transAxes)); text.set_clip_box(plt.matplotlib.transforms.Bbox([[0, 0], [9, 9]])); text.set_clip_on(True)

# %% labels_under_a_picture [labels]
nodes(); name(); edges(); label(); plt.xlim(0.7, 3.3); plt.ylim(-0.5, 3.5)
for k in (0.5, 1.5, 2.5): plt.imshow(np.ones((2, 2, 3)), extent=(0.8, 3.2, k - 0.12, k + 0.12), aspect="auto", zorder=6)
for k in (1.5, 2.5): plt.imshow(np.ones((2, 2, 3)), extent=(k - 0.12, k + 0.12, 0.9, 1.1), aspect="auto", zorder=6)
plt.xlim(0.7, 3.3); plt.ylim(-0.5, 3.5)

# %% one_label_invisible [labels]
nodes(); name(); edges(); label()["a(1)", "a(2)"].set_alpha(0)

# %% a_white_sheet_over_all [names, arrows, labels, arrangement]
nodes(); name(); edges(); label()
plt.gca().add_patch(plt.Rectangle((-9, -9), 99, 99, color="white", zorder=9))

# %% axes_invisible [names, arrows, labels, arrangement]
nodes(); name(); edges(); label(); plt.gca().set_visible(False)

# %% figure_invisible [names, arrows, labels, arrangement]
nodes(); name(); edges(); label(); plt.gcf().set_visible(False)

# %% names_exchanged_by_blank_lines [names]
nodes(); edges(); label(); plt.gcf().draw_without_rendering()
lines = [plt.text(2, 5, "\n" * n + "x") for n in (1, 2)]
rows = [line.get_window_extent().height for line in lines]
for line in lines: line.remove()
one = np.ptp(plt.gca().transData.transform([(0, 0), (0, 1)])[:, 1])
blank = "\n" * round(2 * one / (rows[1] - rows[0]))
for n, (x, y) in pos.items(): plt.text(x, y, n + blank if n[0] in "xz" else blank + n, ha="center", va="center")

# %% names_exchanged_by_spaces [names]
nodes(); edges(); label()
for n, (x, y) in pos.items():
    plt.text(x, y, " " * 104 + n if n[2] == "2" else n + " " * 104 if n[2] == "3" else n, ha="center", va="center")

# %% a_side_of_the_frame_over_all [names, arrows, labels, arrangement]
nodes(); name(); edges(); label(); plt.gca().spines["left"].set(linewidth=2000, color="w", zorder=9)

# %% thick_grid_lines_over_the_time_steps [names, labels, arrows]
nodes(); name(); edges(); label(); plt.axis("on"); plt.xticks([1, 2, 3]); plt.grid(axis="x", lw=60, color="w")
plt.gca().xaxis.set_zorder(9)

# %% thick_grid_lines_of_the_settings [labels, arrows]
with plt.rc_context({"grid.linewidth": 60, "grid.color": "w", "axes.axisbelow": False}):
    nodes(); name(); edges(); label(); plt.axis("on"); plt.xticks([1, 2, 3]); plt.grid()

# %% the_label_of_an_axis_in_a_box_over_all [names, arrows, labels, arrangement]
nodes(); name(); edges(); label()
plt.xlabel("time", bbox=dict(fc="w", pad=2000)); plt.gca().xaxis.set_zorder(9)

# %% a_shaded_square_over_all [names, arrows, labels, arrangement]
nodes(); name(); edges(); label()
plt.pcolormesh([0, 4], [-1, 4], np.zeros((2, 2)), shading="gouraud", cmap="Greys", zorder=9)

# %% a_dense_hatch_over_all [names, arrows, labels, arrangement]
nodes(); name(); edges(); label()
with plt.rc_context({"hatch.linewidth": 40}):
    plt.gca().add_patch(plt.Rectangle((0, -1), 4, 5, fill=False, hatch="////", ec="w", zorder=9))

# %% an_overlay_with_bars_over_the_labels [labels]
nodes(); name(); edges(); label()
overlay = np.zeros((25, 20, 4)); overlay[[7, 12, 17], :] = 1; overlay[10, ::2] = 1
plt.imshow(overlay, extent=(0, 4, -1, 4), origin="lower", aspect="auto", zorder=9, interpolation="none")

# %% filters_that_take_names_away [names]
nodes(); edges(); label()
for text in name().values(): text.set_agg_filter(lambda image, dpi: (image * 0, 0, 0))

# %% a_wild_sketch [arrows]
nodes(); name(); label()
for arrow in edges(): arrow.set_sketch_params(300, 30, 50)

# %% names_under_their_own_stroke [names]
from matplotlib.patheffects import Normal, Stroke
nodes(); edges(); label()
for text in name().values(): text.set_path_effects([Normal(), Stroke(linewidth=8, foreground="w")])
