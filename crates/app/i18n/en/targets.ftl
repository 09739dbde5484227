# Segments by criteria: the segment evaluation plot.

evaluation-title = Which segments to choose
evaluation-lead = The further up, the more a segment is worth to us; the further right, the more we are worth to it. Both go from 0 to 10, by weighted criteria. Dashed and empty is what a knock-out criterion rules out.
evaluation-x = What we are worth to them
evaluation-y = What they are worth to us
evaluation-out = out
evaluation-out-by = Ruled out by
evaluation-bubble-revenue = The area of a bubble is the revenue of the last 365 days.
evaluation-bubble-customers = The area of a bubble is the number of customers.
evaluation-caption = Segments that are not ruled out first, the more attractive before the others
evaluation-of = { $name }: { $y } to us, { $x } to them
knock-out-large_enough = too small
knock-out-homogeneous = too mixed
knock-out-stable = not stable
knock-out-distinct = like another
knock-out-identifiable = no telling who
knock-out-reachable = out of reach
knock-out-matches_strengths = not our strength
