// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/requestform.h"

#include "app/net/webaddress.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/prompt/promptlabels.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
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

constexpr qreal FieldHeight = 30;
constexpr qreal NumberWidth = 92;

int newSeed()
{
    return QRandomGenerator::global()->bounded(1, LargestNewSeed);
}

int spinnable(qint64 seed)
{
    return int(std::clamp<qint64>(seed, 0, std::numeric_limits<int>::max()));
}

/** The last of the widgets takes the room that is left; the first is the field. */
QWidget *beside(std::initializer_list<QWidget *> widgets, QWidget *parent)
{
    auto *both = new QWidget(parent);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaledInt(QFontMetricsF(parent->font()), 8));
    for (QWidget *widget : widgets) {
        row->addWidget(widget, widget == *(widgets.end() - 1) ? 1 : 0);
    }
    both->setFocusProxy(*widgets.begin());
    return both;
}

} // namespace

RequestForm::RequestForm(QWidget *parent)
    : QWidget(parent)
{
    makeRows();
    const int high = scaledInt(QFontMetricsF(font()), FieldHeight);
    for (QComboBox *box : {m_service, m_profile}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_service, m_profile, m_seed, m_variants}) {
        field->setMinimumHeight(high);
        field->setFocusPolicy(Qt::StrongFocus);
        field->installEventFilter(this);
    }
    connectFields();
}

void RequestForm::makeRows()
{
    const QFontMetricsF metrics(font());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(metrics, 6));
    column->addWidget(newHeading(tr("Generator"), this));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(scaledInt(metrics, 12));
    form->setVerticalSpacing(scaledInt(metrics, 6));
    form->setColumnStretch(1, 1);
    column->addLayout(form);

    addRow(form, tr("Servic&e"), makeService());
    m_severity = new SegmentedControl(this);
    m_severity->setObjectName(QStringLiteral("promptSeverity"));
    for (const Severity severity :
         {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
        m_severity->addChoice({}, severityIcon(severity), severityName(severity));
    }
    addRow(form, tr("Severity"), m_severity);
    addRow(form, tr("Pro&file"), makeProfile());
    m_what = newNote(this);
    m_what->setObjectName(QStringLiteral("whatGenerator"));
    form->addWidget(m_what, form->rowCount(), 1);
    addRow(form, tr("See&d"), makeSeed());
    addRow(form, tr("&Variants"), makeVariants());
}

void RequestForm::addRow(QGridLayout *grid, const QString &label, QWidget *field)
{
    const int row = grid->rowCount();
    auto *name = new QLabel(label, this);
    name->setMinimumHeight(scaledInt(QFontMetricsF(font()), FieldHeight));
    name->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    grid->addWidget(name, row, 0, Qt::AlignLeft | Qt::AlignTop);
    grid->addWidget(field, row, 1);
}

QWidget *RequestForm::makeService()
{
    m_service = new QComboBox(this);
    m_service->setObjectName(QStringLiteral("promptService"));
    m_service->setAccessibleName(tr("Service"));
    m_service->setEditable(true);
    m_service->setInsertPolicy(QComboBox::NoInsert);
    m_serviceError = newNote(this);
    m_serviceError->setText(tr("Letters, digits, - and _ only, 1 to 255 of them."));
    setInk(m_serviceError, &Theme::error);
    m_serviceError->hide();
    auto *service = new QWidget(this);
    auto *stack = new QVBoxLayout(service);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(scaledInt(QFontMetricsF(font()), 2));
    stack->addWidget(m_service);
    stack->addWidget(m_serviceError);
    service->setFocusProxy(m_service);
    return service;
}

QWidget *RequestForm::makeProfile()
{
    m_profile = new QComboBox(this);
    m_profile->setObjectName(QStringLiteral("promptProfile"));
    m_profile->setAccessibleName(tr("Generator"));
    auto *settings = new QToolButton(this);
    settings->setObjectName(QStringLiteral("promptSettings"));
    settings->setIcon(icon(Glyph::Settings));
    settings->setAutoRaise(true);
    settings->setToolTip(tr("Generators and their keys"));
    settings->setAccessibleName(settings->toolTip());
    connect(settings, &QToolButton::clicked, this, &RequestForm::settingsRequested);
    auto *profile = new QWidget(this);
    auto *row = new QHBoxLayout(profile);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_profile, 1);
    row->addWidget(settings);
    profile->setFocusProxy(m_profile);
    return profile;
}

QWidget *RequestForm::makeSeed()
{
    m_seed = new NumberBox(this);
    m_seed->setWhole(true);
    m_seed->setObjectName(QStringLiteral("promptSeed"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setFixedWidth(scaledInt(QFontMetricsF(font()), NumberWidth));
    m_newSeed = new QCheckBox(tr("Ne&w each time"), this);
    m_newSeed->setObjectName(QStringLiteral("newSeed"));
    return beside({m_seed, m_newSeed}, this);
}

QWidget *RequestForm::makeVariants()
{
    m_variants = new NumberBox(this);
    m_variants->setWhole(true);
    m_variants->setObjectName(QStringLiteral("variantCount"));
    m_variants->setAccessibleName(tr("Variants"));
    m_variants->setRange(1, MostVariants);
    m_variants->setValue(1);
    m_variants->setFixedWidth(scaledInt(QFontMetricsF(font()), NumberWidth));
    m_estimate = newNote(this);
    m_estimate->setObjectName(QStringLiteral("estimate"));
    return beside({m_variants, m_estimate}, this);
}

void RequestForm::connectFields()
{
    connect(m_service, &QComboBox::currentTextChanged, this, &RequestForm::edited);
    connect(m_severity, &SegmentedControl::chosen, this, &RequestForm::edited);
    connect(m_seed, &NumberBox::edited, this, &RequestForm::edited);
    connect(m_newSeed, &QCheckBox::toggled, this, [this](bool isNew) {
        m_seed->setEnabled(!isNew);
        Q_EMIT edited();
    });
    connect(m_variants, &NumberBox::edited, this, &RequestForm::describe);
    connect(m_profile, &QComboBox::currentIndexChanged, this, [this] {
        describe();
        Q_EMIT profileChanged();
    });
}

void RequestForm::setDraft(const PromptDraft &draft)
{
    const QSignalBlocker quietService(m_service);
    const QSignalBlocker quietSeed(m_newSeed);
    m_service->setCurrentText(draft.service);
    m_severity->setCurrent(int(draft.severity));
    m_newSeed->setChecked(!draft.seed);
    if (draft.seed) {
        m_seed->setValue(spinnable(*draft.seed));
    } else if (m_seed->value() == 0) {
        m_seed->setValue(newSeed());
    }
    m_seed->setEnabled(draft.seed.has_value());
}

void RequestForm::choose(const QString &service, Severity severity)
{
    const QSignalBlocker quiet(m_service);
    if (!service.isEmpty()) {
        m_service->setCurrentText(service);
    }
    m_severity->setCurrent(int(severity));
}

PromptDraft RequestForm::appliedTo(PromptDraft draft) const
{
    draft.service = m_service->currentText().trimmed();
    draft.severity = Severity(std::max(0, m_severity->current()));
    if (m_newSeed->isChecked()) {
        draft.seed.reset();
    } else if (!draft.seed ||
               spinnable(*draft.seed) != m_seed->wholeValue()) { // a file may have larger ones
        draft.seed = m_seed->wholeValue();
    }
    return draft;
}

void RequestForm::follow(const PromptDraft &draft)
{
    m_letters = draft.prompt.size();
    m_serviceError->setVisible(!isValidServiceName(draft.service));
    describe();
}

void RequestForm::setServices(const QStringList &services)
{
    QStringList now;
    for (int i = 0; i < m_service->count(); ++i) {
        now << m_service->itemText(i);
    }
    if (now == services) {
        return;
    }
    const QSignalBlocker quiet(m_service);
    const QString text = m_service->currentText();
    m_service->clear();
    m_service->addItems(services);
    m_service->setCurrentText(text);
}

void RequestForm::setProfiles(const QList<GeneratorProfile> &profiles, const QString &fallback)
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
    describe();
}

std::optional<GeneratorProfile> RequestForm::profile() const
{
    const int index = m_profile->currentIndex();
    return index >= 0 && index < m_profiles.size()
               ? std::optional<GeneratorProfile>(m_profiles[index])
               : std::nullopt;
}

int RequestForm::variants() const
{
    return m_variants->wholeValue();
}

qint64 RequestForm::nextSeed()
{
    if (m_newSeed->isChecked()) {
        m_seed->setValue(newSeed());
    }
    return m_seed->wholeValue();
}

void RequestForm::describe()
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
    const auto each = UsualInstructions + m_letters / LettersInToken + UsualAnswer;
    const auto about = (each * variants() + 50) / 100 * 100;
    m_estimate->setText(isFree ? tr("no tokens")
                               : tr("about %1 tokens").arg(QString::number(about)));
}

bool RequestForm::eventFilter(QObject *watched, QEvent *event)
{
    // The wheel scrolls the pane; it changes only the field that one is in.
    if (event->type() == QEvent::Wheel && !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}
