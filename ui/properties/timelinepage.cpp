// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/properties/timelinepage.h"

#include "app/timeline/pinsfile.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/widgets/timeedit.h"
#include "ui/widgets/typedtextedit.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableWidget>

namespace {

/** The name of the variable that a row was made from; empty in the row for a new one. */
constexpr int VariableRole = Qt::UserRole;

} // namespace

TimelinePage::TimelinePage(TimelineDocument &document, QWidget *parent)
    : FieldPage(document, parent)
    , m_name(newLine(tr("Name of the timeline")))
    , m_description(newText(tr("Description of the timeline"), 4))
    , m_length(new TimeEdit(this))
    , m_pinsBeside(new QCheckBox(this))
    , m_variables(new QTableWidget(0, 2, this))
{
    const QFontMetricsF metrics(font());
    m_name->setObjectName(QStringLiteral("timelineName"));
    m_name->setProperty("hint", tr("Untitled"));
    m_description->setObjectName(QStringLiteral("timelineDescription"));
    m_length->setObjectName(QStringLiteral("timelineLength"));
    m_length->setAccessibleName(tr("Length of the timeline"));
    m_length->setMinimumHeight(scaledInt(metrics, 30));
    addHeading(tr("Timeline"));
    addField(tr("&Name"), m_name);
    addField(tr("&Length"), m_length);
    auto *description = new QLabel(tr("Descri&ption"), this);
    description->setBuddy(m_description);
    addWide(description);
    addWide(m_description);

    m_pinsBeside->setText(tr("Keep pins in a file beside it"));
    m_pinsBeside->setObjectName(QStringLiteral("pinsBeside"));
    m_pinsBeside->setToolTip(tr("Pinned scenarios make a timeline long; beside it they leave the "
                                "schedule readable. Both files belong together."));
    addWide(m_pinsBeside);
    connect(m_pinsBeside, &QCheckBox::clicked, this, [this](bool isBeside) {
        Timeline after = this->document().timeline();
        after.pinsFile = isBeside ? PinsFile::nameFor(this->document().path()) : QString();
        this->document().edit(isBeside ? tr("Keep pins beside the timeline")
                                       : tr("Keep pins in the timeline"),
                              after);
    });

    addHeading(tr("Variables"));
    m_variablesNote = newNote();
    m_variablesNote->setText(variablesHelp());
    addWide(m_variablesNote);
    m_variables->setObjectName(QStringLiteral("variables"));
    m_variables->setAccessibleName(tr("Variables"));
    m_variables->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_variables->horizontalHeader()->setStretchLastSection(true);
    m_variables->verticalHeader()->hide();
    m_variables->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 30));
    m_variables->setTabKeyNavigation(false);
    m_variables->setMinimumHeight(scaledInt(metrics, 130));
    addWide(m_variables);
    addEnd();

    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        Timeline after = this->document().timeline();
        after.name = text;
        this->document().edit(tr("Rename the timeline"), after, gesture(QStringLiteral("name")));
    });
    connect(m_description, &TypedTextEdit::typed, this, [this](const QString &text) {
        Timeline after = this->document().timeline();
        after.description = text;
        this->document().edit(tr("Change the description"), after,
                              gesture(QStringLiteral("description")));
    });
    connect(m_length, &TimeEdit::timeEntered, this, [this](std::chrono::milliseconds time) {
        Timeline after = this->document().timeline();
        after.durationMinutes = std::chrono::duration<double, std::ratio<60>>(time).count();
        this->document().edit(tr("Change the length"), after, gesture(QStringLiteral("length")));
    });
    connect(m_variables, &QTableWidget::itemChanged, this, &TimelinePage::takeVariable);
}

void TimelinePage::showTimeline()
{
    const Timeline &timeline = document().timeline();
    showText(m_name, timeline.name, false);
    showText(m_description, timeline.description, false);
    m_length->setTime(timeline.duration());
    m_pinsBeside->setChecked(PinsFile::isValidName(timeline.pinsFile));
    showVariables();
}

void TimelinePage::showVariables()
{
    const QMap<QString, QString> &variables = document().timeline().variables;
    const QSignalBlocker quiet(m_variables);
    m_variables->setRowCount(int(variables.size()) + 1);
    int row = 0;
    const auto put = [this](int at, const QString &name, const QString &value) {
        for (const auto &[column, text] : {std::pair(0, name), std::pair(1, value)}) {
            QTableWidgetItem *item = m_variables->item(at, column);
            if (!item) {
                item = new QTableWidgetItem;
                m_variables->setItem(at, column, item);
            }
            item->setText(text);
            item->setData(VariableRole, name);
        }
    };
    for (auto it = variables.begin(); it != variables.end(); ++it) {
        put(row++, it.key(), it.value());
    }
    put(row, {}, {});
}

void TimelinePage::takeVariable(const QTableWidgetItem *edited)
{
    // The row that was edited, and no other: the rest of the table may be older than the timeline.
    const int column = edited->column();
    const QString before = edited->data(VariableRole).toString();
    const QString name = m_variables->item(edited->row(), 0)->text().trimmed();
    Timeline after = document().timeline();
    if (name != before && after.variables.contains(name)) {
        m_variablesNote->setText(tr("There is a variable “%1” already.").arg(name));
        showVariables();
        return;
    }
    if (!before.isEmpty()) {
        after.variables.remove(before);
    }
    if (!name.isEmpty()) {
        after.variables.insert(name, m_variables->item(edited->row(), 1)->text());
    }
    m_variablesNote->setText(variablesHelp());
    document().edit(tr("Change the variables"), after);
    showVariables();
    // Rows are sorted by name: the cursor goes with the one that was edited.
    for (int row = 0; row < m_variables->rowCount(); ++row) {
        if (m_variables->item(row, 0)->text() == name) {
            m_variables->setCurrentCell(row, column);
        }
    }
}

QString TimelinePage::variablesHelp()
{
    return tr("A prompt that says {{name}} gets the value. The last row is for a new one; an "
              "emptied name deletes its row.");
}

void TimelinePage::focusField(const QString &key)
{
    if (key == u"description") {
        m_description->setFocus(Qt::OtherFocusReason);
    } else if (key == u"duration_minutes") {
        m_length->setFocus(Qt::OtherFocusReason);
    } else {
        m_name->setFocus(Qt::OtherFocusReason);
    }
}
