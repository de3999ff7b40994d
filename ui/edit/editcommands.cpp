// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the commands of the Edit menu, each with its keys and its condition.
#include "ui/edit/editcommands.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinefile.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/selectedrows.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/parametersdialog.h"
#include "ui/widgets/timeedit.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QMenu>
#include <QMimeData>
#include <algorithm>

using std::chrono::milliseconds;

namespace {

/** More at once would be felt, and is not meant. */
constexpr int MostCopies = 100000;

QMimeData *mimeFor(const TimelineFragment &fragment)
{
    const QByteArray text = toJson(fragment);
    auto *mime = new QMimeData;
    mime->setData(QLatin1String(FragmentMimeType), text);
    mime->setText(QString::fromUtf8(text));
    return mime;
}

} // namespace

EditCommands::EditCommands(const Place &place, CommandSet &commands, QWidget *window)
    : QObject(window)
    , m_place(place)
    , m_window(window)
{
    makeCommands(commands);
    const auto update = [this] { updateEnabled(); };
    connect(m_place.selection, &QItemSelectionModel::selectionChanged, this, update);
    connect(m_place.model, &IncidentTableModel::sceneChanged, this, update);
    connect(m_place.model, &IncidentTableModel::sceneReset, this, update);
    connect(m_place.document, &TimelineDocument::lockedChanged, this, update);
    connect(m_place.view, &TimelineView::markerActivated, this, update);
    QUndoStack *stack = m_place.document->undoStack();
    for (const auto signal : {&QUndoStack::canUndoChanged, &QUndoStack::canRedoChanged}) {
        connect(stack, signal, this, update);
    }
    for (const auto signal : {&QUndoStack::undoTextChanged, &QUndoStack::redoTextChanged}) {
        connect(stack, signal, this, update);
    }
    updateEnabled();
}

void EditCommands::makeCommands(CommandSet &commands)
{
    TimelineController *controller = &m_place.view->controller();
    const QList<QWidget *> focus{m_place.view, m_place.table};
    const QString edit = tr("Edit");
    const QString insert = tr("Insert");
    const QString timeline = tr("Timeline");
    const auto make = [&](const char *id, const QString &group, const QString &text,
                          const QList<QKeySequence> &keys, auto &&slot) {
        QAction *action = commands.add(QLatin1String(id), group, text, keys);
        connect(action, &QAction::triggered, this, std::forward<decltype(slot)>(slot));
        return action;
    };
    QUndoStack *stack = m_place.document->undoStack();

    m_undo = make("edit.undo", edit, tr("&Undo"), {QKeySequence(tr("Ctrl+Z"))},
                  [stack] { stack->undo(); });
    m_undo->setIcon(icon(Glyph::Undo));
    m_redo = make("edit.redo", edit, tr("&Redo"),
                  {QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))},
                  [stack] { stack->redo(); });
    m_redo->setIcon(icon(Glyph::Redo));
    m_cut = make("edit.cut", edit, tr("Cu&t"), {QKeySequence(tr("Ctrl+X"))}, [this] { cut(); });
    m_copy = make("edit.copy", edit, tr("&Copy"), {QKeySequence(tr("Ctrl+C"))}, [this] { copy(); });
    m_paste = make("edit.paste", edit, tr("&Paste at the playhead"), {QKeySequence(tr("Ctrl+V"))},
                   [this] { paste(); });
    m_duplicate = make("edit.duplicate", edit, tr("&Duplicate"), {QKeySequence(tr("Ctrl+D"))},
                       [controller] { controller->duplicateSelection(); });
    m_delete = make("edit.delete", edit, tr("De&lete"), {QKeySequence(Qt::Key_Delete)},
                    [controller] { controller->deleteSelection(Gap::Stays); });
    m_deleteGap = make("edit.deleteGap", edit, tr("Delete and close the &gap"),
                       {QKeySequence(tr("Shift+Del"))},
                       [controller] { controller->deleteSelection(Gap::Closes); });
    m_selectAll = make("edit.selectAll", edit, tr("Select &all"), {QKeySequence(tr("Ctrl+A"))},
                       [controller] { controller->selection().selectAll(); });
    for (QAction *action :
         {m_cut, m_copy, m_paste, m_duplicate, m_delete, m_deleteGap, m_selectAll}) {
        CommandSet::keepWithin(action, focus);
    }

    m_insertPrompt = make("insert.prompt", insert, tr("&Incident from a prompt"),
                          {QKeySequence(tr("I"))}, [this] { insertPrompt(); });
    m_insertMarker =
        make("insert.marker", insert, tr("&Marker"), {QKeySequence(tr("M"))}, [this, controller] {
            controller->addMarkerAtPlayhead();
            Q_EMIT markerInserted();
        });
    m_insertLane = make("insert.lane", insert, tr("&Lane…"), {QKeySequence(tr("L"))},
                        [controller] { controller->addLane(); });
    m_insertTime = make("insert.time", insert, tr("&Time…"), {}, [this] { insertTime(); });
    m_append = make("insert.timeline", insert, tr("Another timeline at the &playhead…"), {},
                    [this] { appendFile(); });

    m_enabled = make("incident.enabled", timeline, tr("&Enabled"), {QKeySequence(tr("E"))},
                     [this] { toggleEnabled(); });
    m_hold = make("incident.hold", timeline, tr("&Hold for GO"), {QKeySequence(tr("H"))},
                  [this] { toggleHold(); });
    for (QAction *action : {m_enabled, m_hold}) {
        action->setCheckable(true);
    }
    m_nudgeLeft =
        make("incident.earlier", timeline, tr("One step earlier"), {QKeySequence(tr(","))},
             [controller] { controller->nudge(-1, Step::Tick); });
    m_nudgeRight = make("incident.later", timeline, tr("One step later"), {QKeySequence(tr("."))},
                        [controller] { controller->nudge(1, Step::Tick); });
    m_laneUp =
        make("incident.laneUp", timeline, tr("To the lane above"), {QKeySequence(tr("Alt+Up"))},
             [controller] { controller->moveSelectionToLane(-1); });
    m_laneDown =
        make("incident.laneDown", timeline, tr("To the lane below"), {QKeySequence(tr("Alt+Down"))},
             [controller] { controller->moveSelectionToLane(1); });
    m_startHere = make("incident.startHere", timeline, tr("Start at the &playhead"), {}, [this] {
        apply(tr("Start at the playhead"),
              startedAt(m_place.document->timeline(), rowsToEdit(), playhead()));
    });
    m_allHere = make("incident.allHere", timeline, tr("&Align all to the playhead"), {}, [this] {
        apply(tr("Align to the playhead"),
              placedAt(m_place.document->timeline(), rowsToEdit(), playhead()));
    });
    m_distribute = make("incident.distribute", timeline, tr("&Distribute evenly"), {}, [this] {
        apply(tr("Distribute evenly"), distributed(m_place.document->timeline(), rowsToEdit()));
    });
    m_interval = make("incident.interval", timeline, tr("Fix the &interval…"), {},
                      [this] { setInterval(); });
    m_scaleSelection = make("incident.scale", timeline, tr("&Scale the selection…"), {},
                            [this] { scaleSelection(); });
    m_repeat = make("incident.repeat", timeline, tr("&Repeat…"), {QKeySequence(tr("Ctrl+Shift+D"))},
                    [this] { repeatSelection(); });
    m_toPrompt = make("incident.toPrompt", timeline, tr("Convert to a pr&ompt"), {}, [this] {
        apply(tr("Convert to a prompt"),
              asPrompts(m_place.document->timeline(), rowsToEdit(), *m_place.scenarios));
    });
    m_toScenario =
        make("incident.toScenario", timeline, tr("Convert &back to a scenario"), {}, [this] {
            apply(tr("Convert to a scenario"),
                  asScenarios(m_place.document->timeline(), rowsToEdit(), {}, *m_place.scenarios));
        });
    m_scaleAll = make("timeline.scale", timeline, tr("Scale the &whole timeline…"), {},
                      [this] { scaleAll(); });
    m_cutTime = make("timeline.cutTime", timeline, tr("&Cut time…"), {}, [this] { cutTime(); });
    m_split = make("timeline.split", timeline, tr("Spli&t at the playhead"), {},
                   [this] { splitAtPlayhead(); });

    m_forSelection = {m_cut,     m_copy,      m_duplicate,  m_delete,    m_deleteGap, m_enabled,
                      m_hold,    m_nudgeLeft, m_nudgeRight, m_laneUp,    m_laneDown,  m_startHere,
                      m_allHere, m_repeat,    m_toPrompt,   m_toScenario};
    m_forSeveral = {m_distribute, m_interval, m_scaleSelection};
    m_forIncidents = {m_selectAll, m_scaleAll, m_cutTime, m_split, m_insertTime};
    m_forEditing = {m_paste, m_insertPrompt, m_insertMarker, m_insertLane, m_append};
}

void EditCommands::fillEditMenu(QMenu *menu)
{
    menu->addActions({m_undo, m_redo});
    menu->addSeparator();
    menu->addActions({m_cut, m_copy, m_paste, m_duplicate});
    menu->addSeparator();
    menu->addActions({m_delete, m_deleteGap});
    menu->addSeparator();
    menu->addAction(m_selectAll);
}

void EditCommands::fillInsertMenu(QMenu *menu)
{
    menu->addActions({m_insertPrompt, m_insertMarker, m_insertLane});
    menu->addSeparator();
    menu->addActions({m_insertTime, m_append});
}

void EditCommands::fillTimelineMenu(QMenu *menu)
{
    menu->addActions({m_enabled, m_hold});
    menu->addSeparator();
    QMenu *move = menu->addMenu(tr("&Move"));
    move->addActions({m_nudgeLeft, m_nudgeRight, m_laneUp, m_laneDown});
    move->addSeparator();
    move->addActions({m_startHere, m_allHere});
    QMenu *space = menu->addMenu(tr("&Space out"));
    space->addActions({m_distribute, m_interval, m_scaleSelection});
    menu->addAction(m_repeat);
    menu->addActions({m_toPrompt, m_toScenario});
    menu->addSeparator();
    menu->addActions({m_scaleAll, m_cutTime, m_split});
}

void EditCommands::fillContextMenu(QMenu *menu, bool onIncident)
{
    if (!onIncident) {
        menu->addActions({m_paste});
        menu->addSeparator();
        fillInsertMenu(menu);
        return;
    }
    menu->addActions({m_enabled, m_hold});
    menu->addSeparator();
    menu->addActions({m_cut, m_copy, m_duplicate, m_repeat});
    menu->addActions({m_delete, m_deleteGap});
    menu->addSeparator();
    QMenu *space = menu->addMenu(tr("&Space out"));
    space->addActions({m_distribute, m_interval, m_scaleSelection});
    menu->addActions({m_startHere, m_toPrompt, m_toScenario});
}

Rows EditCommands::rowsToEdit()
{
    const TimelineScene &scene = m_place.model->scene();
    const Rows selected = selectedRows();
    Rows rows;
    QString locked;
    for (const int row : selected) {
        const SceneLane &lane = scene.lanes[size_t(scene.blocks[size_t(row)].lane)];
        if (lane.locked) {
            locked = lane.service;
        } else {
            rows.push_back(row);
        }
    }
    if (rows.empty() && !selected.empty()) {
        Q_EMIT refused(tr("Nothing was changed."),
                       tr("The lane “%1” is locked; its lock is beside its name.").arg(locked));
    }
    return rows;
}

Rows EditCommands::selectedRows() const
{
    return ::selectedRows(*m_place.selection, m_place.document->timeline().incidents.size());
}

void EditCommands::updateEnabled()
{
    const bool open = !m_place.document->isLocked();
    const Rows rows = selectedRows();
    const Timeline &timeline = m_place.document->timeline();
    const QUndoStack *stack = m_place.document->undoStack();
    m_undo->setEnabled(open && stack->canUndo());
    m_redo->setEnabled(open && stack->canRedo());
    m_undo->setText(stack->canUndo() ? tr("&Undo “%1”").arg(stack->undoText()) : tr("&Undo"));
    m_redo->setText(stack->canRedo() ? tr("&Redo “%1”").arg(stack->redoText()) : tr("&Redo"));
    for (QAction *action : m_forSelection) {
        action->setEnabled(open && !rows.empty());
    }
    m_copy->setEnabled(!rows.empty());
    // A marker is selected by itself, and can be moved and deleted, too.
    if (m_place.view->selection().marker() >= 0) {
        for (QAction *action : {m_delete, m_nudgeLeft, m_nudgeRight}) {
            action->setEnabled(open);
        }
    }
    for (QAction *action : m_forSeveral) {
        action->setEnabled(open && rows.size() > 1);
    }
    for (QAction *action : m_forIncidents) {
        action->setEnabled(open && !timeline.incidents.isEmpty());
    }
    for (QAction *action : m_forEditing) {
        action->setEnabled(open);
    }
    const auto any = [&](auto &&is) {
        return std::any_of(rows.begin(), rows.end(),
                           [&](int row) { return is(timeline.incidents[row]); });
    };
    m_enabled->setChecked(any([](const Incident &incident) { return incident.enabled; }));
    m_hold->setChecked(any([](const Incident &incident) { return incident.hold; }));
    m_toPrompt->setEnabled(open && any([](const Incident &incident) {
                               return incident.type == IncidentType::Predefined;
                           }));
    m_toScenario->setEnabled(open && any([](const Incident &incident) {
                                 return incident.type == IncidentType::LlmGenerated &&
                                        !incident.scenarioId.isEmpty();
                             }));
}

bool EditCommands::apply(const QString &name, const Timeline &after)
{
    return m_place.document->edit(name, after);
}

void EditCommands::apply(const QString &name, const Insertion &insertion)
{
    if (apply(name, insertion.timeline)) {
        m_place.view->selection().selectIds(insertion.ids);
        Q_EMIT inserted();
    }
}

milliseconds EditCommands::playhead() const
{
    return wholeMilliseconds(std::max(TimelinePosition(), m_place.view->playhead()));
}

milliseconds EditCommands::selectionStart() const
{
    milliseconds first = MaximumDelay;
    for (const int row : selectedRows()) {
        first = std::min(first, m_place.document->timeline().incidents[row].delay);
    }
    return first;
}

milliseconds EditCommands::selectionSpan() const
{
    milliseconds last{0};
    for (const int row : selectedRows()) {
        last = std::max(last, m_place.document->timeline().incidents[row].delay);
    }
    return last - std::min(last, selectionStart());
}

void EditCommands::copy()
{
    const Rows rows = selectedRows();
    if (!rows.empty()) {
        QApplication::clipboard()->setMimeData(
            mimeFor(fragmentOf(m_place.document->timeline(), rows)));
    }
}

void EditCommands::cut()
{
    copy();
    apply(tr("Cut"), without(m_place.document->timeline(), rowsToEdit()));
}

void EditCommands::paste()
{
    const QMimeData *mime = QApplication::clipboard()->mimeData();
    QByteArray text = mime ? mime->data(QLatin1String(FragmentMimeType)) : QByteArray();
    if (text.isEmpty() && mime) {
        text = mime->text().toUtf8();
    }
    const auto fragment = parseFragment(text);
    if (!fragment || fragment->isEmpty()) {
        Q_EMIT refused(
            tr("Nothing was pasted."),
            fragment
                ? tr("The clipboard holds a timeline without incidents.")
                : tr("The text cannot be read as incidents: %1").arg(fragment.error().toString()));
        return;
    }
    // Each into its own lane: a copy differs from its original in nothing but its time.
    apply(tr("Paste"),
          ::inserted(m_place.document->timeline(), *fragment, playhead(), {}, *m_place.scenarios));
    if (!fragment->remarks.isEmpty()) {
        Q_EMIT noticed(tr("Pasted with repairs."), fragment->remarks.join(u' '));
    }
}

void EditCommands::insertAtPlayhead(const TimelineFragment &fragment)
{
    m_place.view->controller().insertAtPlayhead(fragment);
}

void EditCommands::insertPrompt()
{
    TimelineFragment fragment;
    fragment.name = tr("Incident from a prompt");
    Incident incident;
    incident.type = IncidentType::LlmGenerated;
    // What a file leaves out is for others to guess; a scenario has these, a prompt has not.
    incident.serviceName = QLatin1String(DefaultServiceName);
    incident.expectedSeverity = Severity::Medium;
    fragment.incidents = {incident};
    insertAtPlayhead(fragment);
}

void EditCommands::toggleEnabled()
{
    const bool enabled = m_enabled->isChecked();
    apply(enabled ? tr("Enable") : tr("Disable"),
          withEnabled(m_place.document->timeline(), rowsToEdit(), enabled));
    updateEnabled();
}

void EditCommands::toggleHold()
{
    Timeline after = m_place.document->timeline();
    for (const int row : rowsToEdit()) {
        after.incidents[row].hold = m_hold->isChecked();
    }
    apply(m_hold->isChecked() ? tr("Hold for GO") : tr("No hold"), after);
    updateEnabled();
}

void EditCommands::repeatSelection()
{
    const Rows rows = selectedRows();
    ParametersDialog dialog(tr("Repeat"), tr("Copies the selected incidents, again and again."),
                            tr("&Repeat"), m_window);
    const NumberBox *times = dialog.addNumber(
        tr("&Times"), 3, 1, std::max(1, MostCopies / std::max(1, int(rows.size()))));
    const TimeEdit *every = dialog.addTime(tr("&Every"), std::chrono::minutes(1));
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    if (selectionStart() + selectionSpan() + every->time() * times->wholeValue() > MaximumDelay) {
        Q_EMIT refused(tr("Nothing was repeated."),
                       tr("The last copy would come after more than 366 days."));
        return;
    }
    apply(tr("Repeat %1 times").arg(times->wholeValue()),
          repeated(m_place.document->timeline(), rows, times->wholeValue(), every->time()));
}

void EditCommands::setInterval()
{
    const auto several = qint64(selectedRows().size());
    ParametersDialog dialog(tr("Fix the interval"),
                            tr("Puts the selected incidents one after another, from the first on."),
                            tr("&Fix"), m_window);
    const TimeEdit *every =
        dialog.addTime(tr("&Every"), selectionSpan() / std::max<qint64>(1, several - 1));
    if (dialog.exec() == QDialog::Accepted) {
        apply(tr("Fix the interval"),
              spaced(m_place.document->timeline(), rowsToEdit(), every->time()));
    }
}

void EditCommands::scaleSelection()
{
    ParametersDialog dialog(
        tr("Scale the selection"),
        tr("Stretches or shrinks the times between the selected incidents; the first one stays."),
        tr("&Scale"), m_window);
    const TimeEdit *length = dialog.addTime(tr("From the first to the &last"), selectionSpan());
    if (dialog.exec() == QDialog::Accepted) {
        apply(tr("Scale the selection"),
              scaledTo(m_place.document->timeline(), rowsToEdit(), length->time()));
    }
}

void EditCommands::scaleAll()
{
    ParametersDialog dialog(tr("Scale the whole timeline"),
                            tr("Stretches or shrinks everything: incidents, markers and the end."),
                            tr("&Scale"), m_window);
    const TimeEdit *length = dialog.addTime(tr("&Length"), m_place.document->timeline().duration(),
                                            std::chrono::milliseconds(1));
    if (dialog.exec() == QDialog::Accepted) {
        apply(tr("Scale to %1").arg(clockText(length->time())),
              scaledTo(m_place.document->timeline(), length->time()));
    }
}

void EditCommands::insertTime()
{
    ParametersDialog dialog(tr("Insert time"),
                            tr("Everything from there on comes later by so much."), tr("&Insert"),
                            m_window);
    const TimeEdit *at = dialog.addTime(tr("&From"), playhead());
    const TimeEdit *length = dialog.addTime(tr("&Length"), std::chrono::minutes(1));
    if (dialog.exec() == QDialog::Accepted) {
        apply(tr("Insert %1 at %2").arg(clockText(length->time()), clockText(at->time())),
              timeInserted(m_place.document->timeline(), at->time(), length->time()));
    }
}

void EditCommands::cutTime()
{
    ParametersDialog dialog(tr("Cut time"),
                            tr("What lies between is deleted, and everything behind it comes "
                               "earlier by so much."),
                            tr("&Cut"), m_window);
    const bool selected = selectedRows().size() > 1;
    const TimeEdit *from = dialog.addTime(tr("&From"), selected ? selectionStart() : playhead());
    const TimeEdit *to = dialog.addTime(tr("&To"), selected ? selectionStart() + selectionSpan()
                                                            : playhead() + std::chrono::minutes(1));
    if (dialog.exec() == QDialog::Accepted) {
        apply(tr("Cut %1 to %2").arg(clockText(from->time()), clockText(to->time())),
              timeCut(m_place.document->timeline(), from->time(), to->time()));
    }
}

void EditCommands::splitAtPlayhead()
{
    const auto [first, second] = split(m_place.document->timeline(), playhead());
    if (second.incidents.isEmpty() || first.incidents.isEmpty()) {
        Q_EMIT refused(tr("Nothing was split."),
                       tr("Put the playhead between two incidents first."));
        return;
    }
    if (apply(tr("Split at %1").arg(clockText(playhead())), first)) {
        Q_EMIT splitOff(second);
    }
}

void EditCommands::appendFile()
{
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Insert another timeline"), QFileInfo(m_place.document->path()).absolutePath(),
        tr("Timelines (*.json);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    const auto file = TimelineFile::load(path);
    if (!file) {
        Q_EMIT refused(tr("“%1” was not inserted.").arg(QFileInfo(path).fileName()),
                       file.error().toString());
        return;
    }
    apply(tr("Insert “%1”").arg(file->timeline().name),
          appended(m_place.document->timeline(), file->timeline(), playhead()));
}
