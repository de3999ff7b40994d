// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runs/runcomparison.h"

#include <QHash>

#include <algorithm>

namespace {

template<typename Time>
std::optional<Duration> difference(const std::optional<Time> &left,
                                   const std::optional<Time> &right)
{
    return left && right ? std::optional<Duration>(*right - *left) : std::nullopt;
}

/** The right run's incident for each of the left one's; -1 where there is none. */
QList<int> partners(const RunRecord &left, const RunRecord &right)
{
    QHash<QString, int> byId;
    for (const IncidentRun &run : right.incidents()) {
        byId.insert(run.id, run.index);
    }
    QList<int> found;
    QList<bool> isTaken(right.incidents().size(), false);
    for (const IncidentRun &run : left.incidents()) {
        const int partner = byId.value(run.id, -1);
        found.append(partner);
        if (partner >= 0) {
            isTaken[partner] = true;
        }
    }
    // Ids that were made up differ from one reading of the file to the next.
    for (int i = 0; i < found.size(); ++i) {
        if (found[i] < 0 && i < isTaken.size() && !isTaken[i] &&
            right.incidents()[i].delay == left.incidents()[i].delay) {
            found[i] = i;
            isTaken[i] = true;
        }
    }
    // A replay has the moments of what it replays, so that only what is asked for is the same.
    for (int i = 0; i < found.size(); ++i) {
        if (found[i] >= 0) {
            continue;
        }
        const auto digest = left.requestDigest(i);
        for (int j = 0; !digest.isEmpty() && j < isTaken.size(); ++j) {
            if (!isTaken[j] && right.requestDigest(j) == digest) {
                found[i] = j;
                isTaken[j] = true;
                break;
            }
        }
    }
    return found;
}

} // namespace

RunComparison::RunComparison(const RunRecord &left, const RunRecord &right)
    : m_hasSameRequests(left.digest() == right.digest())
{
    const QList<int> found = partners(left, right);
    QList<bool> isShown(right.incidents().size(), false);
    for (const IncidentRun &run : left.incidents()) {
        Row row;
        row.left = run.index;
        row.right = found[run.index];
        if (row.right >= 0) {
            const IncidentRun &other = right.incidents()[row.right];
            isShown[row.right] = true;
            row.statesDiffer = run.state != other.state;
            row.requestsDiffer = left.requestDigest(row.left) != right.requestDigest(row.right);
            row.when = difference(run.sentPosition, other.sentPosition);
            row.late = difference(run.late(), other.late());
            row.latency = difference(run.latency, other.latency);
        }
        m_rows.append(row);
    }
    for (int i = 0; i < isShown.size(); ++i) {
        if (!isShown[i]) {
            Row row;
            row.right = i;
            m_rows.append(row);
        }
    }
}

int RunComparison::differences() const
{
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.differs(); }));
}
