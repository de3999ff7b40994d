// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: every field of an incident is made, filled and read here, side by
// side.
#include "ui/properties/incidentpage.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/prompt/prompthighlighter.h"
#include "ui/properties/pinbox.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/timeedit.h"
#include "ui/widgets/typedtextedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

using std::chrono::milliseconds;

namespace {

QWidget *sideBySide(QWidget *left, QWidget *right, QWidget *parent)
{
    auto *both = new QWidget(parent);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(left);
    row->addWidget(right, 1);
    both->setFocusProxy(left);
    return both;
}

QWidget *oneAboveOther(QWidget *field, QWidget *note, QWidget *parent)
{
    auto *both = new QWidget(parent);
    auto *column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(QFontMetricsF(parent->font()), 4));
    column->addWidget(field);
    column->addWidget(note);
    both->setFocusProxy(field);
    return both;
}

} // namespace

IncidentPage::IncidentPage(TimelineDocument &document, const ScenarioLibrary &scenarios,
                           QWidget *parent)
    : FieldPage(document, parent)
    , m_scenarios(scenarios)
{
    makeHead();
    makeWhen();
    makeWhat();
    makeNotes();
    addEnd();
}

void IncidentPage::makeHead()
{
    const QFontMetricsF metrics(font());
    m_badge = new QLabel(this);
    m_badge->setFixedWidth(scaledInt(metrics, 30));
    m_title = new QLabel(this);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMaximumHeight(scaledInt(metrics, 60));
    QFont heading = font();
    heading.setPointSizeF(font().pointSizeF() * 1.1);
    heading.setWeight(QFont::DemiBold);
    m_title->setFont(heading);
    m_count = newNote();
    auto *words = new QWidget(this);
    auto *column = new QVBoxLayout(words);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_count);
    QWidget *head = sideBySide(m_badge, words, this);
    addWide(head);
}

void IncidentPage::makeWhen()
{
    const QFontMetricsF metrics(font());
    const int height = scaledInt(metrics, 30);
    const auto timeField = [&](const QString &accessibleName) {
        auto *edit = new TimeEdit(this);
        edit->setAccessibleName(accessibleName);
        edit->setMinimumHeight(height);
        edit->setFixedWidth(scaledInt(metrics, 120));
        return edit;
    };
    addHeading(tr("When"));
    m_time = timeField(tr("Time"));
    m_time->setObjectName(QStringLiteral("time"));
    m_time->setRelativeAllowed(true);
    m_time->setToolTip(tr("From the start: 4:00 or 240. +1:00 and -0:30 move every selected one."));
    m_seconds = new QLabel(this);
    m_seconds->setForegroundRole(QPalette::PlaceholderText);
    addField(tr("Time"), sideBySide(m_time, m_seconds, this));
    connect(m_time, &TimeEdit::timeEntered, this, [this](milliseconds time, bool relative) {
        const Timeline &now = document().timeline();
        document().edit(tr("Change the time"),
                        relative ? movedBy(now, m_rows, time) : placedAt(now, m_rows, time),
                        gesture(QStringLiteral("time")));
    });

    m_after = timeField(tr("After the incident before it"));
    m_after->setObjectName(QStringLiteral("after"));
    m_after->setSigned(true);
    m_after->setMinimum(-MaximumDelay);
    m_afterWhat = new ElidedLabel(this);
    m_afterWhat->setForegroundRole(QPalette::PlaceholderText);
    addField(tr("&After"), sideBySide(m_after, m_afterWhat, this));
    connect(m_after, &TimeEdit::timeEntered, this, [this](milliseconds time) {
        const int before = rowBefore();
        const milliseconds from =
            before < 0 ? milliseconds(0) : document().timeline().incidents[before].delay;
        document().edit(tr("Change the time"),
                        startedAt(document().timeline(), m_rows, from + time),
                        gesture(QStringLiteral("after")));
    });

    m_duration = timeField(tr("Lasts"));
    m_duration->setObjectName(QStringLiteral("duration"));
    m_duration->setMinimum(milliseconds(1));
    addField(tr("Lasts"), m_duration);
    connect(m_duration, &TimeEdit::timeEntered, this, [this](milliseconds time, bool relative) {
        if (relative) {
            return;
        }
        change(tr("Change how long it lasts"), QStringLiteral("duration"),
               [&](Incident &incident) { incident.duration = time; });
    });

    m_hold = new QCheckBox(tr("Wait for GO before this"), this);
    m_hold->setObjectName(QStringLiteral("hold"));
    m_hold->setMinimumHeight(height);
    addField(tr("H&old"), m_hold);
    connect(m_hold, &QCheckBox::clicked, this, [this] {
        const bool hold = m_hold->checkState() != Qt::Unchecked;
        change(hold ? tr("Hold for GO") : tr("No hold"), QStringLiteral("hold"),
               [&](Incident &incident) { incident.hold = hold; });
    });
    m_enabled = new QCheckBox(tr("Send this incident"), this);
    m_enabled->setObjectName(QStringLiteral("enabled"));
    m_enabled->setMinimumHeight(height);
    addField(tr("Enabled"), m_enabled);
    connect(m_enabled, &QCheckBox::clicked, this, [this] {
        const bool enabled = m_enabled->checkState() != Qt::Unchecked;
        change(enabled ? tr("Enable") : tr("Disable"), QStringLiteral("enabled"),
               [&](Incident &incident) { incident.enabled = enabled; });
    });
}

void IncidentPage::makeWhat()
{
    const QFontMetricsF metrics(font());
    addHeading(tr("What"));
    m_name = newLine(tr("Title"));
    m_name->setObjectName(QStringLiteral("title"));
    addField(tr("Tit&le"), m_name);
    connectText(m_name, tr("Change the title"), &Incident::title);

    m_service = new QComboBox(this);
    m_service->setObjectName(QStringLiteral("service"));
    m_service->setAccessibleName(tr("Service"));
    m_service->setEditable(true);
    m_service->setInsertPolicy(QComboBox::NoInsert);
    m_service->setMinimumHeight(scaledInt(metrics, 30));
    m_service->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_service->lineEdit()->installEventFilter(this);
    m_serviceNote = newNote();
    addField(tr("&Service"), oneAboveOther(m_service, m_serviceNote, this));
    const auto takeService = [this] {
        const QString service = m_service->currentText().trimmed();
        const auto serviceOf = [this](const Incident &incident) {
            return effectiveService(incident, scenarioOf(incident, m_scenarios));
        };
        // A box that can be typed in tells the choice that stands there when it is left.
        if (service.isEmpty() || m_rows.empty() ||
            (agree(serviceOf) && serviceOf(first()) == service)) {
            return;
        }
        if (!isValidServiceName(service)) {
            m_serviceNote->setText(tr("Letters, digits, - and _ only, 1 to 255 of them."));
            m_serviceNote->show();
            return;
        }
        document().edit(tr("Change the service"),
                        inLane(document().timeline(), m_rows, service, m_scenarios),
                        gesture(QStringLiteral("service")));
        m_serviceNote->hide();
        m_service->lineEdit()->setModified(false);
    };
    connect(m_service, &QComboBox::activated, this, takeService);
    connect(m_service->lineEdit(), &QLineEdit::editingFinished, this, [this, takeService] {
        // Who only passes through the field has typed nothing, whatever stands in it.
        if (m_service->lineEdit()->isModified()) {
            takeService();
        }
    });

    m_severity = new SegmentedControl(this);
    m_severity->setObjectName(QStringLiteral("severity"));
    for (const Severity severity :
         {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
        m_severity->addChoice({}, severityIcon(severity), severityName(severity));
    }
    m_severityNote = newNote();
    addField(tr("Severity"), oneAboveOther(m_severity, m_severityNote, this));
    connect(m_severity, &SegmentedControl::chosen, this, [this](int choice) {
        change(tr("Change the severity"), QStringLiteral("severity"),
               [&](Incident &incident) { incident.expectedSeverity = Severity(choice); });
    });

    m_source = new SegmentedControl(this);
    m_source->setObjectName(QStringLiteral("source"));
    m_source->addChoice(tr("Scenario"), icon(Glyph::Book), tr("From a scenario"));
    m_source->addChoice(tr("Prompt"), icon(Glyph::Prompt), tr("From a prompt"));
    addField(tr("Source"), m_source);
    connect(m_source, &SegmentedControl::chosen, this, [this](int choice) {
        const Timeline &now = document().timeline();
        if (choice == 1) {
            document().edit(tr("Convert to a prompt"), asPrompts(now, m_rows, m_scenarios));
            return;
        }
        // Back to what it was, or to the first there is: an incident needs some scenario.
        const bool known = std::all_of(m_rows.begin(), m_rows.end(), [&](int row) {
            return !now.incidents[row].scenarioId.isEmpty();
        });
        const QString other = known || m_scenarios.scenarios().isEmpty()
                                  ? QString()
                                  : m_scenarios.scenarios().first().id;
        document().edit(tr("Convert to a scenario"), asScenarios(now, m_rows, other, m_scenarios));
    });

    m_scenario = new QComboBox(this);
    m_scenario->setObjectName(QStringLiteral("scenario"));
    m_scenario->setAccessibleName(tr("Scenario"));
    m_scenario->setMinimumHeight(scaledInt(metrics, 30));
    m_scenario->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addWide(m_scenario);
    connect(m_scenario, &QComboBox::activated, this, [this](int item) {
        document().edit(tr("Change the scenario"),
                        asScenarios(document().timeline(), m_rows,
                                    m_scenario->itemData(item).toString(), m_scenarios));
    });

    m_prompt = newText(tr("Prompt"), 4);
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setProperty("hint", tr("What goes wrong, how far a metric goes, and what is "
                                     "affected. {{service}} and {{severity}} are filled in."));
    new PromptHighlighter(m_prompt);
    addWide(m_prompt);
    connectText(m_prompt, tr("Change the prompt"), &Incident::prompt);
    m_pin = new PinBox(document(), this);
    addWide(m_pin);
    connect(m_pin, &PinBox::openRequested, this, &IncidentPage::promptRequested);
}

void IncidentPage::makeNotes()
{
    addHeading(tr("Notes"));
    m_comment = newLine(tr("Comment"));
    m_comment->setObjectName(QStringLiteral("comment"));
    addField(tr("&Comment"), m_comment);
    connectText(m_comment, tr("Change the comment"), &Incident::comment);
    auto *presenter = new QLabel(tr("&Presenter notes"), this);
    addWide(presenter);
    m_notes = newText(tr("Presenter notes"), 3);
    m_notes->setObjectName(QStringLiteral("notes"));
    presenter->setBuddy(m_notes);
    addWide(m_notes);
    connectText(m_notes, tr("Change the notes"), &Incident::notes);
    auto *audience = new QLabel(tr("&Narration for the audience"), this);
    addWide(audience);
    m_narration = newText(tr("Narration for the audience"), 2);
    m_narration->setObjectName(QStringLiteral("narration"));
    audience->setBuddy(m_narration);
    addWide(m_narration);
    connectText(m_narration, tr("Change the narration"), &Incident::narration);
}

void IncidentPage::connectText(QLineEdit *edit, const QString &name, QString Incident::*member)
{
    connect(edit, &QLineEdit::textEdited, this, [this, edit, name, member](const QString &text) {
        change(name, edit->objectName(), [&](Incident &incident) { incident.*member = text; });
    });
}

void IncidentPage::connectText(TypedTextEdit *edit, const QString &name, QString Incident::*member)
{
    connect(edit, &TypedTextEdit::typed, this, [this, edit, name, member](const QString &text) {
        change(name, edit->objectName(), [&](Incident &incident) { incident.*member = text; });
    });
}

void IncidentPage::change(const QString &name, const QString &field,
                          const std::function<void(Incident &)> &set)
{
    if (m_rows.empty() || m_rows.back() >= document().timeline().incidents.size()) {
        return;
    }
    document().editRows(name, m_rows, set, gesture(field));
}

template<typename Get>
bool IncidentPage::agree(Get get) const
{
    const QList<Incident> &incidents = document().timeline().incidents;
    const auto value = get(incidents[m_rows.front()]);
    return std::all_of(m_rows.begin(), m_rows.end(),
                       [&](int row) { return get(incidents[row]) == value; });
}

const Incident &IncidentPage::first() const
{
    return document().timeline().incidents[m_rows.front()];
}

int IncidentPage::rowBefore() const
{
    // The last that comes before the first of those that are shown, none of which counts.
    const QList<Incident> &incidents = document().timeline().incidents;
    milliseconds start = MaximumDelay;
    for (const int row : m_rows) {
        start = std::min(start, incidents[row].delay);
    }
    int before = -1;
    size_t shown = 0;
    for (int row = 0; row < incidents.size(); ++row) {
        if (shown < m_rows.size() && m_rows[shown] == row) {
            ++shown;
            continue;
        }
        if (incidents[row].delay <= start &&
            (before < 0 || incidents[row].delay >= incidents[before].delay)) {
            before = row;
        }
    }
    return before;
}

void IncidentPage::showIncidents(const Rows &rows)
{
    if (rows != m_rows) {
        beginGestures();
        // What was being typed was meant for those that were shown before.
        m_service->lineEdit()->setModified(false);
    }
    m_rows = rows;
    refresh();
}

void IncidentPage::refresh()
{
    m_shown = first();
    refreshHead();
    refreshWhen();
    refreshName();
    refreshWhat();
    refreshSource();
    refreshNotes();
}

bool IncidentPage::follow(const TimelineChange &change)
{
    if (m_rows.size() != 1 || change.changesRows() || change.changesHead() ||
        change.rowsReplaced() != m_rows) {
        return false;
    }
    const Incident &now = first();
    Incident before = std::exchange(m_shown, now);
    for (QString Incident::*text :
         {&Incident::title, &Incident::comment, &Incident::notes, &Incident::narration}) {
        before.*text = now.*text;
    }
    const bool hasSamePrompt = before.prompt == now.prompt;
    before.prompt = now.prompt;
    if (before != now) {
        return false;
    }
    refreshHead();
    refreshName();
    if (!hasSamePrompt) {
        refreshSource();
    }
    refreshNotes();
    return true;
}

void IncidentPage::refreshNotes()
{
    showText(m_comment, first().comment, !agree([](const Incident &i) { return i.comment; }));
    showText(m_notes, first().notes, !agree([](const Incident &i) { return i.notes; }));
    // Who writes none has that of the scenario, or the comment.
    Incident untold = first();
    untold.narration.clear();
    m_narration->setProperty(
        "hint", m_rows.size() == 1 ? effectiveNarration(untold, scenarioOf(untold, m_scenarios))
                                   : QString());
    showText(m_narration, first().narration, !agree([](const Incident &i) { return i.narration; }));
}

void IncidentPage::refreshHead()
{
    const Scenario *scenario = scenarioOf(first(), m_scenarios);
    const bool one = m_rows.size() == 1;
    m_badge->setVisible(one);
    const int side = scaledInt(QFontMetricsF(font()), 28);
    setMark(m_badge, severityIcon(effectiveSeverity(first(), scenario)), side);
    m_title->setText(one ? displayTitle(first(), scenario) : tr("%1 incidents").arg(m_rows.size()));
    m_count->setText(one ? tr("1 incident selected")
                         : tr("What is changed here is changed in all of them"));
}

void IncidentPage::refreshWhen()
{
    // A locked lane keeps its incidents where they are.
    const QList<Lane> &lanes = document().timeline().lanes;
    const bool locked = std::any_of(m_rows.begin(), m_rows.end(), [&](int row) {
        const Incident &incident = document().timeline().incidents[row];
        const QString service = effectiveService(incident, scenarioOf(incident, m_scenarios));
        return std::any_of(lanes.begin(), lanes.end(), [&](const Lane &lane) {
            return lane.locked && lane.service == service;
        });
    });
    for (QWidget *field : std::initializer_list<QWidget *>{m_time, m_after, m_service}) {
        field->setEnabled(!locked);
    }
    const bool oneTime = agree([](const Incident &i) { return i.delay; });
    if (oneTime) {
        m_time->setTime(first().delay);
    } else {
        m_time->setMixed();
    }
    m_seconds->setText(
        oneTime ? tr("%1 s").arg(QString::number(double(first().delay.count()) / 1000, 'g', 12))
                : QString());
    const int before = rowBefore();
    milliseconds start = MaximumDelay;
    for (const int row : m_rows) {
        start = std::min(start, document().timeline().incidents[row].delay);
    }
    const milliseconds from =
        before < 0 ? milliseconds(0) : document().timeline().incidents[before].delay;
    m_after->setTime(start - from);
    if (before < 0) {
        m_afterWhat->setFullText(tr("the start"));
    } else {
        const Incident &other = document().timeline().incidents[before];
        m_afterWhat->setFullText(displayTitle(other, scenarioOf(other, m_scenarios)));
    }

    const auto lasts = [this](const Incident &incident) {
        return effectiveDuration(incident, scenarioOf(incident, m_scenarios));
    };
    if (agree(lasts)) {
        m_duration->setTime(lasts(first()));
    } else {
        m_duration->setMixed();
    }
    showFlag(m_hold, first().hold, !agree([](const Incident &i) { return i.hold; }));
    showFlag(m_enabled, first().enabled, !agree([](const Incident &i) { return i.enabled; }));
}

void IncidentPage::refreshName()
{
    const Scenario *scenario = scenarioOf(first(), m_scenarios);
    const bool one = m_rows.size() == 1;
    m_name->setProperty("hint", one ? displayTitle(
                                          [this] {
                                              Incident untitled = first();
                                              untitled.title.clear();
                                              return untitled;
                                          }(),
                                          scenario)
                                    : QString());
    showText(m_name, first().title, !agree([](const Incident &i) { return i.title; }));
}

void IncidentPage::refreshWhat()
{
    const Scenario *scenario = scenarioOf(first(), m_scenarios);
    const bool one = m_rows.size() == 1;
    const bool oneType = agree([](const Incident &i) { return i.type; });
    fillServices();
    const auto serviceOf = [this](const Incident &incident) {
        return effectiveService(incident, scenarioOf(incident, m_scenarios));
    };
    const bool oneService = agree(serviceOf);
    m_service->lineEdit()->setPlaceholderText(oneService ? QString() : tr("mixed"));
    if (!m_service->lineEdit()->hasFocus() || !m_service->lineEdit()->isModified()) {
        m_service->setCurrentText(oneService ? serviceOf(first()) : QString());
    }
    const bool elsewhere = one && scenario && serviceOf(first()) != scenario->service;
    m_serviceNote->setText(
        elsewhere ? tr("Not the scenario's own (%1): it goes as an incident of its own.")
                        .arg(scenario->service)
                  : QString());
    m_serviceNote->setVisible(elsewhere);

    const auto severityOf = [this](const Incident &incident) {
        return effectiveSeverity(incident, scenarioOf(incident, m_scenarios));
    };
    m_severity->setCurrent(agree(severityOf) ? int(severityOf(first())) : -1);
    const bool prompts = oneType && first().type == IncidentType::LlmGenerated;
    m_severity->setEnabled(prompts);
    const PinnedScenario *pinned = first().pinned.scenario();
    const Scenario *sent = prompts && pinned ? &pinned->scenario : scenario;
    if (one && sent && !sent->metrics.isEmpty()) {
        double largest = sent->metrics.first().deviationSigma;
        for (const Metric &metric : sent->metrics) {
            largest = std::max(largest, metric.deviationSigma);
        }
        m_severityNote->setText((prompts ? tr("Asked of the model. Of what is pinned AIRRA will "
                                              "store %1 (largest %2%3σ)")
                                         : tr("The scenario decides. AIRRA will store %1 "
                                              "(largest %2%3σ)"))
                                    .arg(severityName(storedSeverity(sent->metrics)).toLower(),
                                         largest < 0 ? QString(QChar(0x2212)) : QStringLiteral("+"),
                                         QString::number(std::abs(largest), 'g', 3)));
    } else {
        m_severityNote->setText(prompts ? tr("What the model is asked for")
                                        : tr("Their scenarios decide"));
    }
}

void IncidentPage::refreshSource()
{
    const bool one = m_rows.size() == 1;
    const bool oneType = agree([](const Incident &i) { return i.type; });
    const bool prompts = oneType && first().type == IncidentType::LlmGenerated;
    m_source->setCurrent(!oneType ? -1 : prompts ? 1 : 0);
    m_scenario->setVisible(oneType && !prompts);
    m_prompt->setVisible(prompts);
    m_pin->setVisible(prompts && one);
    if (prompts && one) {
        m_pin->showIncident(m_rows.front());
    }
    if (prompts) {
        showText(m_prompt, first().prompt, !agree([](const Incident &i) { return i.prompt; }));
    } else if (oneType) {
        fillScenarios();
        const bool same = agree([](const Incident &i) { return i.scenarioId; });
        m_scenario->setCurrentIndex(same ? m_scenario->findData(first().scenarioId) : -1);
        m_scenario->setPlaceholderText(same ? tr("Unknown: %1").arg(first().scenarioId)
                                            : tr("mixed"));
    }
}

void IncidentPage::fillServices()
{
    QSet<QString> services{QLatin1String(DefaultServiceName)};
    for (const Lane &lane : document().timeline().lanes) {
        services.insert(lane.service);
    }
    for (const Incident &incident : document().timeline().incidents) {
        services.insert(effectiveService(incident, scenarioOf(incident, m_scenarios)));
    }
    for (const Scenario &scenario : m_scenarios.scenarios()) {
        services.insert(scenario.service);
    }
    QStringList sorted(services.begin(), services.end());
    sorted.sort();
    QStringList now;
    for (int i = 0; i < m_service->count(); ++i) {
        now << m_service->itemText(i);
    }
    if (now == sorted) {
        return;
    }
    const QString text = m_service->currentText();
    m_service->clear();
    m_service->addItems(sorted);
    m_service->setCurrentText(text);
}

void IncidentPage::fillScenarios()
{
    const QList<Scenario> &scenarios = m_scenarios.scenarios();
    bool same = m_scenario->count() == scenarios.size();
    for (int i = 0; same && i < m_scenario->count(); ++i) {
        same = m_scenario->itemData(i).toString() == scenarios[i].id &&
               m_scenario->itemText(i) == scenarios[i].name;
    }
    if (same) {
        return;
    }
    m_scenario->clear();
    for (const Scenario &scenario : scenarios) {
        m_scenario->addItem(severityIcon(scenario.severity), scenario.name, scenario.id);
    }
}

void IncidentPage::focusFirstField()
{
    if (m_rows.empty()) {
        return;
    }
    m_time->setFocus(Qt::OtherFocusReason);
    m_time->selectAll();
    focusEmptyPrompt();
}

void IncidentPage::focusEmptyPrompt()
{
    if (!m_rows.empty() && first().type == IncidentType::LlmGenerated && first().prompt.isEmpty()) {
        m_prompt->setFocus(Qt::OtherFocusReason);
    }
}

void IncidentPage::focusField(const QString &key)
{
    const std::pair<const char *, QWidget *> fields[]{
        {"delay_seconds", m_time},
        {"llm_prompt", m_prompt},
        {"scenario_id", m_scenario},
        {"service_name", m_service},
        {"title", m_name},
        {"duration_seconds", m_duration},
        {"comment", m_comment},
        {"seed", m_pin->findChild<QLineEdit *>(QStringLiteral("seed"))},
        {"notes", m_notes},
        {"narration", m_narration}};
    for (const auto &[name, field] : fields) {
        if (key == QLatin1String(name)) {
            field->setFocus(Qt::OtherFocusReason);
        }
    }
}
