// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/incidenttablemodel.h"

#include "app/base/timetext.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"

#include <QSet>
#include <cmath>
#include <utility>

namespace {

/** Not yet, or not known; never 0. */
const QChar NotYet(0x2013);
/** More ranges of rows than that come and go as a reset. */
constexpr size_t MostRanges = 64;

} // namespace

void IncidentTableModel::setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    beginResetModel();
    m_laneOrder.clear();
    m_scene = buildScene(timeline, scenarios);
    rememberLanes();
    endResetModel();
    Q_EMIT sceneReset();
}

void IncidentTableModel::rememberLanes()
{
    // The lanes as they are now, each followed by those that used to stand behind it.
    QStringList order;
    for (const SceneLane &lane : m_scene.lanes) {
        order << lane.service;
    }
    const QSet<QString> shown(order.begin(), order.end());
    qsizetype place = 0;
    for (const QString &known : std::as_const(m_laneOrder)) {
        if (shown.contains(known)) {
            place = order.indexOf(known) + 1;
        } else {
            order.insert(place++, known);
        }
    }
    m_laneOrder = order;
}

void IncidentTableModel::refresh(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    m_scene = buildScene(timeline, scenarios, m_laneOrder);
    rememberLanes();
    tellAll();
    Q_EMIT sceneChanged();
}

void IncidentTableModel::applyChange(const TimelineChange &change, const Timeline &timeline,
                                     const ScenarioLibrary &scenarios)
{
    const std::vector<int> replaced = change.rowsReplaced();
    const SceneEffect effect = change.changesRows() || change.changesSchedule()
                                   ? SceneEffect::Lanes
                                   : refreshBlocks(m_scene, replaced, timeline, scenarios);
    if (effect == SceneEffect::Lanes) {
        TimelineScene next = buildScene(timeline, scenarios, m_laneOrder);
        if (change.changesRows()) {
            exchangeRows(change, std::move(next));
        } else {
            m_scene = std::move(next);
        }
        rememberLanes();
        tellAll();
    } else if (!replaced.empty()) {
        Q_EMIT dataChanged(index(replaced.front(), 0), index(replaced.back(), ColumnCount - 1));
    }
    // What nobody sees is told to nobody, as the notes of an incident, letter by letter.
    if (effect == SceneEffect::Titles) {
        Q_EMIT titlesChanged(replaced);
    } else if (effect != SceneEffect::None) {
        Q_EMIT sceneChanged();
    }
}

void IncidentTableModel::exchangeRows(const TimelineChange &change, TimelineScene next)
{
    const auto ranges = [](const std::vector<int> &rows) {
        std::vector<std::pair<int, int>> found;
        for (const int row : rows) {
            if (!found.empty() && found.back().second == row - 1) {
                found.back().second = row;
            } else {
                found.emplace_back(row, row);
            }
        }
        return found;
    };
    const auto out = ranges(change.rowsOut());
    const auto in = ranges(change.rowsIn());
    // Each range costs every view a walk over its rows.
    if (out.size() + in.size() > MostRanges) {
        beginResetModel();
        m_scene = std::move(next);
        endResetModel();
        return;
    }
    auto &blocks = m_scene.blocks;
    for (auto range = out.rbegin(); range != out.rend(); ++range) {
        beginRemoveRows({}, range->first, range->second);
        blocks.erase(blocks.begin() + range->first, blocks.begin() + range->second + 1);
        endRemoveRows();
    }
    // What stays stands in its new lanes before anything comes in.
    TimelineScene scene = std::move(next);
    std::vector<SceneBlock> all = std::move(scene.blocks);
    scene.blocks.clear();
    size_t coming = 0;
    const std::vector<int> rowsIn = change.rowsIn();
    for (size_t row = 0; row < all.size(); ++row) {
        if (coming < rowsIn.size() && rowsIn[coming] == int(row)) {
            ++coming;
        } else {
            scene.blocks.push_back(all[row]);
        }
    }
    m_scene = std::move(scene);
    for (const auto &[first, last] : in) {
        beginInsertRows({}, first, last);
        blocks.insert(blocks.begin() + first, all.begin() + first, all.begin() + last + 1);
        endInsertRows();
    }
}

void IncidentTableModel::tellAll()
{
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void IncidentTableModel::showNoRun()
{
    m_age = {};
    tellAll();
}

void IncidentTableModel::showEvent(const RunEvent &event)
{
    if (rowCount() == 0) {
        return;
    }
    // A run that is continued takes up all that its stop had skipped, and names none of them.
    if (event.as<RunBegan>() || event.as<Armed>() || event.as<Continued>()) {
        tellAll();
        return;
    }
    const auto *held = event.as<Held>();
    const auto *released = event.as<Released>();
    const int row = held       ? held->index
                    : released ? released->index.value_or(-1)
                               : incidentIndex(event);
    if (row >= 0 && row < rowCount()) {
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const IncidentRun *IncidentTableModel::run(int row) const
{
    return m_record && row >= 0 && row < m_record->incidents().size() ? &m_record->incidents()[row]
                                                                      : nullptr;
}

IncidentState IncidentTableModel::stateOf(int row) const
{
    const IncidentRun *known = run(row);
    return known ? known->state : IncidentState::Scheduled;
}

void IncidentTableModel::setAge(RunAge age)
{
    const RunAge before = std::exchange(m_age, age);
    for (int row = 0; row < rowCount(); ++row) {
        const IncidentRun *known = run(row);
        if (!known) {
            return;
        }
        if (known->state != IncidentState::Waiting || !known->waitingUntil) {
            continue;
        }
        // A countdown turns over on its own second.
        const auto shown = [known](RunAge now) {
            return std::ceil(toMilliseconds(*known->waitingUntil - now) / 1000);
        };
        if (shown(before) != shown(age)) {
            Q_EMIT dataChanged(index(row, State), index(row, State));
        }
    }
}

int IncidentTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_scene.blocks.size());
}

int IncidentTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString IncidentTableModel::text(int row, int column) const
{
    const SceneBlock &block = m_scene.blocks[size_t(row)];
    const IncidentRun *known = run(row);
    switch (column) {
    case Number:
        return QString::number(row + 1);
    case State:
        if (!block.sends && stateOf(row) == IncidentState::Scheduled) {
            return tr("Not sent");
        }
        if (known && known->state == IncidentState::Waiting && known->waitingUntil) {
            const double left = std::max(0.0, toMilliseconds(*known->waitingUntil - m_age));
            return tr("Waiting, %1 s").arg(qint64(std::ceil(left / 1000)));
        }
        return stateName(stateOf(row));
    case Time:
        return clockText(block.start);
    case SeverityColumn:
        return severityName(block.severity);
    case Title:
        return block.title;
    case Service:
        return m_scene.lanes[size_t(block.lane)].service;
    case IncidentId:
        return known && !known->incidentId.isEmpty() ? known->incidentId : QString(NotYet);
    case Hypotheses:
        return known && known->hypotheses ? QString::number(*known->hypotheses) : QString(NotYet);
    case Actions:
        return known && known->actions ? QString::number(*known->actions) : QString(NotYet);
    case Latency:
        return known && known->latency ? latencyText(*known->latency) : QString(NotYet);
    case Late:
        return known && known->late()
                   ? latencyText(std::max(*known->late(), known->waited().value_or(Duration(0))))
                   : QString(NotYet);
    default:
        return {};
    }
}

QString IncidentTableModel::toolTip(int row, int column) const
{
    const IncidentRun *known = run(row);
    if (known && !known->error.isEmpty()) {
        return known->error;
    }
    if (column == IncidentId && known && !known->incidentId.isEmpty()) {
        return tr("%1\nClick to open this incident").arg(known->incidentId);
    }
    if (column == Title || column == Service || column == SeverityColumn) {
        return text(row, column);
    }
    return {};
}

QVariant IncidentTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const int row = index.row();
    const bool numeric =
        index.column() == Number || index.column() == Time || index.column() >= Hypotheses;
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole: {
        const QString tip = toolTip(row, index.column());
        return tip.isEmpty() ? QVariant() : QVariant(tip);
    }
    case Qt::TextAlignmentRole:
        return int((numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case StateRole:
        return int(stateOf(row));
    case SeverityRole:
        return int(m_scene.blocks[size_t(row)].severity);
    case LinkRole: {
        const IncidentRun *known = run(row);
        return known ? known->incidentId : QString();
    }
    case NumericRole:
        return numeric;
    default:
        return {};
    }
}

QVariant IncidentTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool numeric = section == Number || section == Time || section >= Hypotheses;
        return int((numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == Late) {
        return tr("How long after its moment it was sent");
    }
    if (role == Qt::ToolTipRole && section == Latency) {
        return tr("From the sending to the answer");
    }
    if (role == Qt::ToolTipRole && section == Time) {
        return tr("Time from the start of the timeline");
    }
    if ((role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) && section == SeverityColumn) {
        return tr("Severity");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Number:
        return tr("#");
    case State:
        return tr("State");
    case Time:
        return tr("T+");
    case SeverityColumn:
        return QString(); // the badges speak for themselves, and the column is narrow
    case Title:
        return tr("Incident");
    case Service:
        return tr("Service");
    case IncidentId:
        return tr("Id");
    case Hypotheses:
        return tr("Hypotheses");
    case Actions:
        return tr("Actions");
    case Latency:
        return tr("Latency");
    default:
        return tr("Late");
    }
}
