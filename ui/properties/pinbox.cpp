// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/properties/pinbox.h"

#include "app/base/numbers.h"
#include "app/generation/generators.h"
#include "app/timeline/promptfilling.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/prompt/variabletable.h"
#include "ui/widgets/flowlayout.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

namespace {

constexpr qreal StaleTint = 0.13;

} // namespace

PinBox::PinBox(TimelineDocument &document, QWidget *parent)
    : QFrame(parent)
    , m_document(document)
    , m_mark(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_open(new QPushButton(tr("Ope&n"), this))
    , m_again(new QPushButton(this))
    , m_keep(new QPushButton(tr("&Keep this one"), this))
    , m_unpin(new QPushButton(tr("&Unpin"), this))
    , m_fresh(new QCheckBox(tr("Generate anew at every &run"), this))
    , m_seed(new QLineEdit(this))
    , m_seedError(new QLabel(this))
    , m_variablesName(new QLabel(tr("Variables"), this))
    , m_variables(new VariableTable(this))
{
    setObjectName(QStringLiteral("pinBox"));
    const QFontMetricsF metrics(font());
    const std::pair<QPushButton *, const char *> names[]{{m_open, "openPrompt"},
                                                         {m_again, "generateAgain"},
                                                         {m_keep, "keepPinned"},
                                                         {m_unpin, "unpin"}};
    for (const auto &[button, name] : names) {
        button->setObjectName(QLatin1String(name));
        button->setAutoDefault(false);
    }
    m_fresh->setObjectName(QStringLiteral("fresh"));
    m_seed->setObjectName(QStringLiteral("seed"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setPlaceholderText(tr("from the prompt"));
    m_seed->setMinimumHeight(scaledInt(metrics, 30));
    m_open->setToolTip(tr("The prompt, what came of it, and how that looks (Ctrl+G)"));
    m_keep->setToolTip(tr("It belongs to the prompt as it is now"));
    m_variables->setObjectName(QStringLiteral("incidentVariables"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_headline->setFont(bold);
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setObjectName(QStringLiteral("pinHeadline"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setObjectName(QStringLiteral("pinSentence"));
    for (QLabel *label : {m_headline, m_sentence}) {
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }

    auto *words = new QVBoxLayout;
    words->setSpacing(scaledInt(metrics, 2));
    words->addWidget(m_headline);
    words->addWidget(m_sentence);
    auto *head = new QHBoxLayout;
    head->setSpacing(scaledInt(metrics, 8));
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    auto *buttons = new QWidget(this);
    auto *flow = new FlowLayout(scaledInt(metrics, 6), buttons);
    flow->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {m_again, m_keep, m_open, m_unpin}) {
        flow->addWidget(button);
    }
    auto *seed = new QHBoxLayout;
    auto *seedName = new QLabel(tr("Se&ed"), this);
    seedName->setBuddy(m_seed);
    seedName->setMinimumWidth(scaledInt(metrics, 64));
    seed->addWidget(seedName);
    seed->addWidget(m_seed, 1);
    m_seedError->setWordWrap(true);
    m_seedError->setObjectName(QStringLiteral("seedError"));
    m_seedError->hide();

    auto *column = new QVBoxLayout(this);
    const int side = scaledInt(metrics, 10);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(scaledInt(metrics, 8));
    column->addLayout(head);
    column->addWidget(buttons);
    column->addWidget(m_fresh);
    column->addLayout(seed);
    column->addWidget(m_seedError);
    column->addWidget(m_variablesName);
    column->addWidget(m_variables);

    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_id, false); });
    connect(m_again, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_id, true); });
    connect(m_keep, &QPushButton::clicked, this, &PinBox::keep);
    connect(m_unpin, &QPushButton::clicked, this, &PinBox::unpin);
    connect(m_fresh, &QCheckBox::clicked, this, [this](bool fresh) {
        change(fresh ? tr("Generate anew at every run") : tr("Generate once"),
               [&](Incident &incident) { incident.fresh = fresh; });
    });
    connect(m_seed, &QLineEdit::editingFinished, this, &PinBox::takeSeed);
    connect(m_seed, &QLineEdit::textEdited, this, [this] {
        m_seedError->hide();
        markRefused(m_seed, false);
    });
    connect(m_variables, &VariableTable::edited, this,
            [this](const QString &name, const QString &value) {
                // The change at once, for this incident; what it looks like once the cell has been
                // left, since showing it lays the table out anew.
                m_isTaking = true;
                change(tr("Change a variable"), [&](Incident &incident) {
                    if (value.isEmpty()) {
                        incident.variables.remove(name);
                    } else {
                        incident.variables.insert(name, value);
                    }
                });
                m_isTaking = false;
                QMetaObject::invokeMethod(this, &PinBox::refresh, Qt::QueuedConnection);
            });
}

const Incident *PinBox::incident() const
{
    const int row = m_document.timeline().indexOf(m_id);
    return row < 0 ? nullptr : &m_document.timeline().incidents[row];
}

void PinBox::showIncident(int row)
{
    const QString id = m_document.timeline().incidents[row].id;
    if (id != m_id) {
        m_seedError->hide();
        markRefused(m_seed, false);
        m_seed->setModified(false); // what was being typed was meant for the one before
    }
    m_id = id;
    refresh();
}

PinBox::Pin PinBox::pin(const Incident &incident) const
{
    if (incident.pinned.isEmpty()) {
        return incident.fresh ? Pin::Fresh : Pin::None;
    }
    if (!incident.pinned.scenario()) {
        return Pin::Broken;
    }
    return isStale(incident, m_document.timeline()) ? Pin::Stale : Pin::Pinned;
}

void PinBox::refresh()
{
    const Incident *shown = incident();
    if (!shown || m_isTaking) {
        return;
    }
    m_pin = pin(*shown);
    const bool isPinned = m_pin == Pin::Pinned || m_pin == Pin::Stale;
    const PinnedScenario *pinned = shown->pinned.scenario();
    const QString by = Generators::defaultName();
    QString headline;
    QString sentence;
    if (pinned && isPinned) {
        headline = m_pin == Pin::Stale ? tr("The prompt has changed since it was pinned")
                                       : tr("Pinned: %1").arg(pinned->scenario.name);
        const QString when =
            QLocale().toString(pinned->generatedAt.toLocalTime(), QLocale::ShortFormat);
        const QString from = pinned->model.isEmpty() || pinned->model == u"built-in"
                                 ? pinned->generator
                                 : tr("%1, %2").arg(pinned->generator, pinned->model);
        sentence =
            pinned->tokens.total() > 0
                ? tr("%1; %2; %3 tokens").arg(from, when, QString::number(pinned->tokens.total()))
                : tr("%1; %2").arg(from, when);
        if (m_pin == Pin::Stale) {
            sentence = tr("“%1” (%2) is sent unless one is generated again.")
                           .arg(pinned->scenario.name, sentence);
        }
        if (shown->fresh) {
            sentence += u'\n' + tr("It is generated anew all the same; this one is for when that "
                                   "fails.");
        }
    } else if (m_pin == Pin::Broken) {
        headline = tr("What is pinned cannot be read");
        sentence = shown->pinned.error()->toString();
    } else {
        headline = tr("Not pinned");
        sentence = by == u"backend"
                       ? tr("Its prompt alone is sent, and nobody knows before what comes of it.")
                       : tr("“%1” makes it at the run. Pinned, it is known before.").arg(by);
    }
    m_headline->setText(headline);
    m_sentence->setText(sentence);
    m_again->setText(isPinned ? tr("&Generate again") : tr("&Generate…"));
    m_again->setEnabled(!shown->prompt.trimmed().isEmpty());
    m_keep->setVisible(m_pin == Pin::Stale);
    m_unpin->setVisible(!shown->pinned.isEmpty());
    m_open->setVisible(isPinned);
    m_fresh->setChecked(shown->fresh);
    if (!m_seed->hasFocus() || !m_seed->isModified()) {
        m_seed->setText(shown->seed ? QString::number(*shown->seed) : QString());
    }
    PromptDraft draft =
        PromptDraft::of(*shown, shown->serviceName.value_or(QLatin1String(DefaultServiceName)));
    m_variables->setVariables(draft, m_document.timeline().variables);
    m_variables->setVisible(m_variables->rowCount() > 0);
    m_variablesName->setVisible(m_variables->rowCount() > 0);

    const Theme &theme = Theme::of(palette());
    const int side = scaledInt(QFontMetricsF(font()), 18);
    const QIcon mark = m_pin == Pin::Stale    ? icon(Glyph::Warning)
                       : m_pin == Pin::Broken ? icon(Glyph::Error)
                       : m_pin == Pin::Pinned ? icon(Glyph::Pin)
                                              : icon(Glyph::Prompt);
    m_mark->setPixmap(mark.pixmap(QSize(side, side), devicePixelRatioF()));
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, theme.secondary);
    m_sentence->setPalette(ink);
    ink.setColor(QPalette::WindowText, theme.error);
    m_seedError->setPalette(ink);
    update();
}

void PinBox::change(const QString &name, const std::function<void(Incident &)> &set,
                    const QString &gesture)
{
    const int row = m_document.timeline().indexOf(m_id);
    if (row < 0) {
        return;
    }
    Timeline after = m_document.timeline();
    set(after.incidents[row]);
    m_document.edit(name, after, gesture);
}

void PinBox::unpin()
{
    change(tr("Unpin"), [](Incident &incident) { incident.pinned = {}; });
}

void PinBox::keep()
{
    const Incident *shown = incident();
    if (!shown || !shown->pinned.scenario()) {
        return;
    }
    PinnedScenario pinned = *shown->pinned.scenario();
    pinned.promptSha256 = promptSha256(filledPrompt(*shown, m_document.timeline()));
    change(tr("Keep what is pinned"), [&](Incident &incident) { incident.pinned = pinned; });
}

void PinBox::takeSeed()
{
    if (!m_seed->isModified()) {
        return; // who only passes through the field has typed nothing
    }
    const QString text = m_seed->text().trimmed();
    const std::optional<qint64> seed = wholeFromText(text);
    markRefused(m_seed, !text.isEmpty() && !seed);
    if (!text.isEmpty() && !seed) {
        m_seedError->setText(tr("A seed is a whole number, or nothing at all."));
        m_seedError->show();
        return;
    }
    m_seedError->hide();
    m_seed->setModified(false);
    change(tr("Change the seed"), [&](Incident &incident) { incident.seed = seed; });
}

void PinBox::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const bool isWarned = m_pin == Pin::Stale || m_pin == Pin::Broken;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isWarned ? theme.warning : theme.separator);
    painter.setBrush(isWarned ? mixed(theme.base, theme.warning, StaleTint) : theme.base);
    const qreal radius = scaled(QFontMetricsF(font()), 3);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

void PinBox::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_variables) {
        refresh();
    }
}
