// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/webaddress.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/prompt/promptpane.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QToolButton>
#include <algorithm>

namespace {

constexpr int MostVariants = 5;
constexpr int LargestNewSeed = 10000;
/** What a generator tells its model beside the prompt, and what comes back, in tokens. */
constexpr qsizetype UsualInstructions = 1100;
constexpr qsizetype UsualAnswer = 650;
constexpr qsizetype LettersInToken = 4;

} // namespace

int PromptPane::newSeed()
{
    return QRandomGenerator::global()->bounded(1, LargestNewSeed);
}

void PromptPane::addRow(QGridLayout *grid, const QString &label, QWidget *field)
{
    const int row = grid->rowCount();
    auto *name = new QLabel(label, this);
    name->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    name->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    grid->addWidget(name, row, 0, Qt::AlignLeft | Qt::AlignTop);
    grid->addWidget(field, row, 1);
}

void PromptPane::makeGenerator(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    const int high = scaledInt(metrics, 30);
    column->addWidget(newHeading(tr("Generator")));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(scaledInt(metrics, 12));
    form->setVerticalSpacing(scaledInt(metrics, 6));
    form->setColumnStretch(1, 1);
    column->addLayout(form);
    const auto beside = [this, &metrics](std::initializer_list<QWidget *> widgets) {
        auto *both = new QWidget(this);
        auto *row = new QHBoxLayout(both);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(scaledInt(metrics, 8));
        for (QWidget *widget : widgets) {
            row->addWidget(widget, widget == *(widgets.end() - 1) ? 1 : 0);
        }
        both->setFocusProxy(*widgets.begin());
        return both;
    };

    m_service = new QComboBox(this);
    m_service->setObjectName(QStringLiteral("promptService"));
    m_service->setAccessibleName(tr("Service"));
    m_service->setEditable(true);
    m_service->setInsertPolicy(QComboBox::NoInsert);
    m_serviceError = newNote();
    m_serviceError->setText(tr("Letters, digits, - and _ only, 1 to 255 of them."));
    setInk(m_serviceError, &Theme::error);
    m_serviceError->hide();
    auto *service = new QWidget(this);
    auto *stack = new QVBoxLayout(service);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(scaledInt(metrics, 2));
    stack->addWidget(m_service);
    stack->addWidget(m_serviceError);
    service->setFocusProxy(m_service);
    addRow(form, tr("Servic&e"), service);

    m_severity = new SegmentedControl(this);
    m_severity->setObjectName(QStringLiteral("promptSeverity"));
    for (const Severity severity :
         {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
        m_severity->addChoice({}, severityIcon(severity), severityName(severity));
    }
    addRow(form, tr("Severity"), m_severity);

    m_profile = new QComboBox(this);
    m_profile->setObjectName(QStringLiteral("promptProfile"));
    m_profile->setAccessibleName(tr("Generator"));
    auto *settings = new QToolButton(this);
    settings->setObjectName(QStringLiteral("promptSettings"));
    settings->setIcon(icon(Glyph::Settings));
    settings->setAutoRaise(true);
    settings->setToolTip(tr("Generators and their keys"));
    settings->setAccessibleName(settings->toolTip());
    auto *profile = new QWidget(this);
    auto *row = new QHBoxLayout(profile);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_profile, 1);
    row->addWidget(settings);
    profile->setFocusProxy(m_profile);
    addRow(form, tr("Pro&file"), profile);
    m_what = newNote();
    m_what->setObjectName(QStringLiteral("whatGenerator"));
    form->addWidget(m_what, form->rowCount(), 1);

    m_seed = new NumberBox(this);
    m_seed->setWhole(true);
    m_seed->setObjectName(QStringLiteral("promptSeed"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setFixedWidth(scaledInt(metrics, 92));
    m_newSeed = new QCheckBox(tr("Ne&w each time"), this);
    m_newSeed->setObjectName(QStringLiteral("newSeed"));
    addRow(form, tr("See&d"), beside({m_seed, m_newSeed}));
    m_variants = new NumberBox(this);
    m_variants->setWhole(true);
    m_variants->setObjectName(QStringLiteral("variantCount"));
    m_variants->setAccessibleName(tr("Variants"));
    m_variants->setRange(1, MostVariants);
    m_variants->setValue(1);
    m_variants->setFixedWidth(scaledInt(metrics, 92));
    m_estimate = newNote();
    m_estimate->setObjectName(QStringLiteral("estimate"));
    addRow(form, tr("&Variants"), beside({m_variants, m_estimate}));

    for (QComboBox *box : {m_service, m_profile}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumHeight(high);
    }
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_service, m_profile, m_seed, m_variants}) {
        field->setMinimumHeight(high);
        field->setFocusPolicy(Qt::StrongFocus);
        field->installEventFilter(this);
    }
    connect(m_service, &QComboBox::currentTextChanged, this, &PromptPane::take);
    connect(m_severity, &SegmentedControl::chosen, this, &PromptPane::take);
    connect(m_seed, &NumberBox::edited, this, &PromptPane::take);
    connect(m_newSeed, &QCheckBox::toggled, this, &PromptPane::take);
    connect(m_variants, &NumberBox::edited, this, &PromptPane::refreshProfile);
    connect(m_profile, &QComboBox::currentIndexChanged, this, [this] {
        refreshProfile();
        Q_EMIT profileChanged();
    });
    connect(settings, &QToolButton::clicked, this, &PromptPane::settingsRequested);
}

void PromptPane::makeButtons(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    m_generate = new QPushButton(this);
    m_generate->setObjectName(QStringLiteral("generate"));
    m_stop = new QPushButton(icon(Glyph::Stop), tr("Sto&p"), this);
    m_stop->setObjectName(QStringLiteral("stopGenerating"));
    for (QPushButton *button : {m_generate, m_stop}) {
        button->setMinimumHeight(scaledInt(metrics, 32));
        button->setAutoDefault(false);
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(scaledInt(metrics, 8));
    row->addWidget(m_generate, 1);
    row->addWidget(m_stop);
    column->addLayout(row);
    m_keys = newNote();
    column->addWidget(m_keys);
    connect(m_generate, &QPushButton::clicked, this, &PromptPane::generateRequested);
    connect(m_stop, &QPushButton::clicked, this, &PromptPane::stopRequested);
}

void PromptPane::setProfiles(const QList<GeneratorProfile> &profiles, const QString &fallback)
{
    const QString before = m_profile->currentData().toString();
    const QSignalBlocker quiet(m_profile);
    m_profiles = profiles;
    m_profile->clear();
    for (const GeneratorProfile &profile : profiles) {
        m_profile->addItem(profile.model.isEmpty() || !profile.usesNetwork()
                               ? profile.name
                               : tr("%1, %2").arg(profile.name, profile.model),
                           profile.name);
    }
    const int kept = m_profile->findData(before.isEmpty() ? fallback : before);
    m_profile->setCurrentIndex(std::max(0, kept));
    refreshProfile();
}

std::optional<GeneratorProfile> PromptPane::profile() const
{
    const int index = m_profile->currentIndex();
    return index >= 0 && index < m_profiles.size()
               ? std::optional<GeneratorProfile>(m_profiles[index])
               : std::nullopt;
}

int PromptPane::variants() const
{
    return m_variants->wholeValue();
}

qint64 PromptPane::nextSeed()
{
    if (m_newSeed->isChecked()) {
        m_seed->setValue(newSeed());
    }
    return m_seed->wholeValue();
}

void PromptPane::refreshProfile()
{
    const std::optional<GeneratorProfile> chosen = profile();
    QString what;
    if (!chosen) {
        what = tr("There is no generator; add one in the settings.");
    } else if (chosen->kind == GeneratorProfile::Kind::Offline) {
        what = tr("Built in, and not an LLM. No network, no cost.");
    } else if (chosen->kind == GeneratorProfile::Kind::Backend) {
        what = tr("Only the prompt is sent, and AIRRA makes the scenario: nothing can be "
                  "previewed or pinned.");
    } else if (chosen->model.isEmpty()) {
        what = tr("No model is chosen; see the settings.");
    } else {
        what = tr("The prompt goes to %1.").arg(webPlace(chosen->base));
    }
    m_what->setText(what);
    m_what->setToolTip(chosen && chosen->kind == GeneratorProfile::Kind::Offline
                           ? tr("It varies prepared kinds of trouble by the words of the prompt "
                                "and the seed.")
                           : QString());

    const bool isFree = !chosen || !chosen->usesNetwork();
    const auto each = UsualInstructions + m_draft.prompt.size() / LettersInToken + UsualAnswer;
    const auto about = (each * variants() + 50) / 100 * 100;
    m_estimate->setText(isFree ? tr("no tokens")
                               : tr("about %1 tokens").arg(QString::number(about)));
    refreshButtons();
}

bool PromptPane::canGenerate() const
{
    const std::optional<GeneratorProfile> chosen = profile();
    return chosen && chosen->kind != GeneratorProfile::Kind::Backend &&
           !m_draft.prompt.trimmed().isEmpty() && isValidServiceName(m_draft.service);
}

void PromptPane::setBusy(int busy)
{
    m_busy = busy;
    refreshButtons();
}

void PromptPane::refreshButtons()
{
    if (!m_generate) {
        return;
    }
    const bool isBusy = m_busy > 0;
    m_generate->setEnabled(!isBusy && canGenerate());
    m_generate->setText(isBusy ? tr("Generating, %1 to go").arg(m_busy) : tr("&Generate"));
    m_generate->setIcon(isBusy ? stateIcon(IncidentState::Preparing) : icon(Glyph::Fire));
    m_stop->setEnabled(isBusy);
    m_keys->setText(isBusy ? tr("Esc stops and keeps what is done.")
                    : m_draft.prompt.trimmed().isEmpty()
                        ? tr("Write a prompt first.")
                        : tr("Ctrl+Enter generates. Esc stops and keeps what is done."));
}
