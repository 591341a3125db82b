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
