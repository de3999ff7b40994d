// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nowpane.h"

#include "app/run/runwords.h"
#include "app/run/stageplan.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/player/causebars.h"
#include "ui/player/runsession.h"
#include "ui/player/stagenotes.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/linkbutton.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cmath>

namespace {

constexpr qreal TitleSize = 1.725;
constexpr int BadgeSide = 32;
/** Characters of an id. */
constexpr qsizetype LongId = 12;

QString sourceOf(const IncidentRun &run)
{
    if (run.type == IncidentType::Predefined) {
        return NowPane::tr("Predefined");
    }
    if (!run.generator.isEmpty()) {
        return NowPane::tr("LLM, made in this run");
    }
    return run.scenario ? NowPane::tr("LLM, pinned") : NowPane::tr("LLM, prompt only");
}

/** "Critical on payment-service, 4 metrics, 4:30" */
QString whereOf(const IncidentRun &run)
{
    QString where = NowPane::tr("%1 on %2", "a severity, a service")
                        .arg(severityName(run.severity), run.service);
    const int metrics = run.scenario ? int(run.scenario->metrics.size()) : 0;
    if (metrics > 0) {
        where += u", " +
                 (metrics == 1 ? NowPane::tr("1 metric") : NowPane::tr("%1 metrics").arg(metrics));
    }
    if (run.duration.count() > 0) {
        where += u", " + timeText(run.duration);
    }
    return where;
}

} // namespace

NowPane::NowPane(RunSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("nowPane"));
    makeRows();
    connect(m_id, &LinkButton::clicked, this, [this] { Q_EMIT linkClicked(m_index); });
    connect(&session, &RunSession::recorded, this, &NowPane::take);
    connect(&session, &RunSession::cleared, this, [this] { m_causes.clear(); });
    connect(&session, &RunSession::changed, this, &NowPane::refresh);
    connect(&session, &RunSession::ticked, this, [this] {
        if (isVisible()) { // what is shown comes with a change of the mode
            refresh();
        }
    });
    refresh();
    showIncident();
}

void NowPane::makeRows()
{
    const QFontMetricsF metrics(font());
    const int small = scaledInt(metrics, 4);
    const int medium = scaledInt(metrics, 8);
    m_page = new QWidget(this);
    const auto bold = [](QWidget *words) {
        QFont font = words->font();
        font.setWeight(QFont::DemiBold);
        words->setFont(font);
    };
    m_position = new QLabel(m_page);
    m_stateMark = new QLabel(m_page);
    m_stateText = new QLabel(m_page);
    m_source = new ElidedLabel(m_page);
    m_began = new QLabel(m_page);
    m_badge = new QLabel(m_page);
    m_title = new ElidedLabel(m_page);
    m_title->setObjectName(QStringLiteral("nowTitle"));
    m_where = new ElidedLabel(m_page);
    m_notes = new StageNotes(m_page);
    m_notes->setObjectName(QStringLiteral("notes"));
    auto *line = new QFrame(m_page);
    line->setFrameStyle(int(QFrame::HLine) | int(QFrame::Plain));
    line->setForegroundRole(QPalette::Mid);
    m_responder = new QLabel(tr("Responder"), m_page);
    m_answer = new ElidedLabel(m_page);
    m_answer->setObjectName(QStringLiteral("responderAnswer"));
    m_id = new LinkButton(m_page);
    m_id->setObjectName(QStringLiteral("nowId"));
    m_bars = new CauseBars(m_page);
    m_bars->setObjectName(QStringLiteral("causes"));
    for (QWidget *words : std::initializer_list<QWidget *>{m_position, m_stateText, m_responder}) {
        bold(words);
    }
    QFont large = resized(m_title->font(), TitleSize);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    for (QLabel *quiet :
         std::initializer_list<QLabel *>{m_position, m_source, m_began, m_where, m_responder}) {
        setInk(quiet, &Theme::secondary);
    }

    auto *top = new QHBoxLayout;
    top->setSpacing(medium);
    top->addWidget(m_position);
    top->addWidget(m_stateMark);
    top->addWidget(m_stateText);
    top->addWidget(m_source, 1);
    top->addWidget(m_began);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_where);
    auto *heading = new QHBoxLayout;
    heading->setSpacing(scaledInt(metrics, 12));
    heading->addWidget(m_badge, 0, Qt::AlignVCenter);
    heading->addLayout(words, 1);
    auto *responder = new QHBoxLayout;
    responder->setSpacing(medium);
    responder->addWidget(m_responder);
    responder->addWidget(m_answer, 1);
    responder->addWidget(m_id);
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(small);
    column->addLayout(top);
    column->addLayout(heading);
    column->addSpacing(small);
    column->addWidget(m_notes, 1);
    column->addSpacing(small);
    column->addWidget(line);
    column->addLayout(responder);
    column->addWidget(m_bars);

    m_nothing = new QLabel(this);
    m_nothing->setObjectName(QStringLiteral("nothingNow"));
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setFont(resized(m_nothing->font(), 1.2));
    setInk(m_nothing, &Theme::secondary);
    auto *stack = new QStackedLayout(this);
    stack->addWidget(m_page);
    stack->addWidget(m_nothing);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

const IncidentRun *NowPane::incident() const
{
    const QList<IncidentRun> &incidents = m_session.record().incidents();
    return m_index >= 0 && m_index < incidents.size() ? &incidents[m_index] : nullptr;
}

std::optional<Severity> NowPane::severity() const
{
    const IncidentRun *run = incident();
    return run ? std::optional(run->severity) : std::nullopt;
}

void NowPane::take(const RunEvent &event)
{
    m_causes.apply(event);
    const auto *held = event.as<Held>();
    if ((held ? held->index : incidentIndex(event)) == m_index) {
        showIncident();
    }
}

void NowPane::refresh()
{
    // While it prepares, the clock stands at the start but has not begun.
    const int index = m_session.state() == RunState::Preparing ? -1 : m_session.outlook().onStage();
    if (index != m_index) {
        m_index = index;
        showIncident();
        Q_EMIT incidentChanged();
    } else if (index < 0) {
        showNothing();
    } else {
        showTime();
    }
}

void NowPane::showNothing()
{
    m_nothing->setText(m_session.state() == RunState::Idle
                           ? tr("The incident on stage is shown here, with your notes.")
                           : tr("Nothing has begun yet."));
    setSpokenName(this, tr("Now: %1").arg(m_nothing->text()));
}

void NowPane::showIncident()
{
    const IncidentRun *run = incident();
    static_cast<QStackedLayout *>(layout())->setCurrentWidget(
        run ? m_page : static_cast<QWidget *>(m_nothing));
    if (!run) {
        showNothing();
        return;
    }
    const QString position =
        tr("Now, %1 of %2").arg(run->index + 1).arg(m_session.record().incidents().size());
    const QString where = whereOf(*run);
    m_position->setText(position);
    m_stateText->setText(stateName(run->state));
    m_source->setFullText(sourceOf(*run));
    m_title->setFullText(run->title);
    m_where->setFullText(where);
    const QString notes = run->notes.isEmpty() ? run->comment : run->notes;
    m_notes->setNotes(notes.isEmpty() ? tr("No notes for this incident.") : notes);
    const QList<Cause> causes = m_causes.of(run->index);
    m_bars->setCauses(causes);
    m_id->setVisible(!run->incidentId.isEmpty());
    // As in the table: its beginning is enough to know it by.
    const bool isLong = run->incidentId.size() > LongId;
    m_id->setWords(isLong ? shortIncidentId(run->incidentId) : run->incidentId);
    m_id->setToolTip(
        PlainText::wrapped(tr("%1\nClick to open this incident").arg(run->incidentId)));
    setSpokenName(m_id, tr("Open incident %1").arg(run->incidentId));
    setSpokenName(this, position + u": " + run->title + u", " + where);
    updateMarks();
    showTime();
}

void NowPane::showTime()
{
    const IncidentRun *run = incident();
    if (!run) {
        return;
    }
    const std::chrono::seconds ago = secondsPassed(m_session.position() - beganAt(*run));
    setSpokenName(m_began, tr("Began at %1")
                               .arg(timeText(std::chrono::floor<std::chrono::milliseconds>(
                                   beganAt(*run).time_since_epoch()))));
    m_began->setText(tr("began %1 ago", "a duration on the run's clock").arg(timeText(ago)));
    const ResponderWords words = responderWords(*run, m_session.age(), !m_session.isActive());
    m_answer->setFullText(words.text, words.spoken);
    if (words.isTrouble != m_isTrouble) {
        m_isTrouble = words.isTrouble;
        setInk(m_answer, m_isTrouble ? &Theme::warning : &Theme::text);
    }
}

void NowPane::updateMarks()
{
    const IncidentRun *run = incident();
    if (!run) {
        return;
    }
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const qreal dpr = devicePixelRatioF();
    MarkCache marks;
    m_badge->setPixmap(marks.severity(run->severity, scaledInt(metrics, BadgeSide), dpr, theme));
    m_stateMark->setPixmap(marks.state(run->state, scaledInt(metrics, 16), dpr, theme));
    const bool hasNotes = !run->notes.isEmpty() || !run->comment.isEmpty();
    QPalette written;
    written.setColor(QPalette::Text, hasNotes ? theme.text : theme.secondary);
    m_notes->setPalette(written);
    const IncidentState state = run->state;
    setInk(m_stateText, [state](const Theme &shown) { return shown.ink(state); });
}

void NowPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_badge) {
        updateMarks();
    }
}
