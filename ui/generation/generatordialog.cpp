// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/generation/generatordialog.h"

#include "app/generation/generators.h"
#include "app/settings/secretstore.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/numberbox.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <algorithm>

using Generators::Fallback;

namespace {

QString fallbackName(Fallback fallback)
{
    switch (fallback) {
    case Fallback::LastPinned:
        return GeneratorDialog::tr("Send what was pinned last");
    case Fallback::Offline:
        return GeneratorDialog::tr("Use the built-in generator");
    case Fallback::Backend:
        return GeneratorDialog::tr("Send the prompt alone");
    case Fallback::Skip:
        break;
    }
    return GeneratorDialog::tr("Skip the incident");
}

/** Asks with a generator of its own, which lives as long as the answer is wanted. */
void tryEndpoint(const GeneratorProfile &profile, const Continuation<ConnectionReport> &done)
{
    static SystemClock clock;
    auto *generator = new LlmGenerator(profile, clock, nullptr, done.guard());
    generator->testConnection(done);
}

} // namespace

GeneratorDialog::GeneratorDialog(QWidget *parent)
    : QDialog(parent)
    , m_before(Generators::all())
    , m_profiles(m_before)
    , m_defaultName(Generators::defaultName())
    , m_form(new GeneratorForm(this))
    , m_error(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("generatorDialog"));
    setWindowTitle(tr("Generators"));
    const QFontMetricsF metrics(font());
    m_form->setTester(tryEndpoint);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_form);
    scroll->setMinimumSize(scaledInt(metrics, 520), scaledInt(metrics, 400));
    auto *above = new QHBoxLayout;
    above->setSpacing(scaledInt(metrics, 16));
    above->addWidget(makeList());
    above->addWidget(scroll, 1);
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setForegroundRole(QPalette::Mid);
    m_error->setObjectName(QStringLiteral("generatorError"));
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    setInk(m_error, &Theme::error);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Save"));
    auto *below = new QHBoxLayout;
    below->addWidget(m_error, 1);
    below->addWidget(m_buttons);

    auto *column = new QVBoxLayout(this);
    const int side = scaledInt(metrics, 16);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(scaledInt(metrics, 12));
    column->addLayout(above, 1);
    column->addWidget(line);
    column->addWidget(makeCommon());
    column->addLayout(below);
    resize(scaledInt(metrics, 860), scaledInt(metrics, 690));

    connect(m_form, &GeneratorForm::edited, this, &GeneratorDialog::takeForm);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &GeneratorDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &GeneratorDialog::reject);
    fill();
}

QWidget *GeneratorDialog::makeList()
{
    const QFontMetricsF metrics(font());
    auto *side = new QWidget(this);
    m_list = new QListWidget(side);
    m_list->setObjectName(QStringLiteral("generators"));
    m_list->setAccessibleName(tr("Generators"));
    m_list->setFixedWidth(scaledInt(metrics, 220));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(scaledInt(metrics, 4));
    const auto button = [&](const char *name, Glyph glyph, const QString &tip) {
        auto *made = new QToolButton(side);
        made->setObjectName(QLatin1String(name));
        made->setIcon(icon(glyph));
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        buttons->addWidget(made);
        return made;
    };
    connect(button("addGenerator", Glyph::Plus, tr("Add a generator")), &QToolButton::clicked, this,
            [this] {
                GeneratorProfile fresh;
                fresh.kind = GeneratorProfile::Kind::OpenAi;
                fresh.name = freeName(tr("New generator"));
                add(fresh);
            });
    connect(button("duplicateGenerator", Glyph::Compare, tr("Duplicate it")), &QToolButton::clicked,
            this, [this] {
                if (m_list->currentRow() < 0) {
                    return;
                }
                GeneratorProfile copy = m_profiles[m_list->currentRow()];
                copy.name = freeName(tr("%1 copy").arg(copy.name));
                add(copy);
            });
    m_remove = button("removeGenerator", Glyph::Minus, tr("Remove it"));
    connect(m_remove, &QToolButton::clicked, this, &GeneratorDialog::remove);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &GeneratorDialog::showCurrent);
    return side;
}

QWidget *GeneratorDialog::makeCommon()
{
    const QFontMetricsF metrics(font());
    auto *common = new QWidget(this);
    auto *form = new QFormLayout(common);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(scaledInt(metrics, 12));
    form->setVerticalSpacing(scaledInt(metrics, 6));
    m_default = new QComboBox(common);
    m_default->setObjectName(QStringLiteral("defaultGenerator"));
    m_defaultNote = new QLabel(common);
    m_defaultNote->setForegroundRole(QPalette::PlaceholderText);
    m_defaultNote->setText(qEnvironmentVariableIsSet("TIMELINE_LLM_PROVIDER")
                               ? tr("TIMELINE_LLM_PROVIDER says so for now")
                               : QString());
    m_fallback = new QComboBox(common);
    m_fallback->setObjectName(QStringLiteral("generatorFallback"));
    for (const Fallback fallback :
         {Fallback::LastPinned, Fallback::Offline, Fallback::Backend, Fallback::Skip}) {
        m_fallback->addItem(fallbackName(fallback), int(fallback));
    }
    m_budgetTokens = new NumberBox(common);
    m_budgetTokens->setWhole(true);
    m_budgetTokens->setObjectName(QStringLiteral("budgetTokens"));
    m_budgetTokens->setAccessibleName(tr("Tokens for one timeline"));
    m_budgetTokens->setRange(0, 1'000'000'000);
    m_budgetTokens->setStep(10000);
    m_budgetTokens->setSuffix(tr(" tokens"));
    m_budgetTokens->setLeastText(tr("any number of tokens"));
    m_budgetCost = new NumberBox(common);
    m_budgetCost->setObjectName(QStringLiteral("budgetCost"));
    m_budgetCost->setAccessibleName(tr("Money for one timeline"));
    m_budgetCost->setRange(0, 1'000'000);
    // Prices name no currency, so a budget names none either.
    m_budgetCost->setSuffix(tr(" in the currency of the prices"));
    m_budgetCost->setLeastText(tr("any amount of money"));
    auto *chosen = new QHBoxLayout;
    chosen->addWidget(m_default);
    chosen->addWidget(m_defaultNote, 1);
    auto *budget = new QHBoxLayout;
    budget->setSpacing(scaledInt(metrics, 8));
    budget->addWidget(m_budgetTokens);
    budget->addWidget(m_budgetCost);
    budget->addStretch(1);
    const auto row = [&](const QString &label, QWidget *buddy, QLayout *field) {
        auto *name = new QLabel(label, common);
        name->setBuddy(buddy);
        form->addRow(name, field);
    };
    row(tr("&Used unless another is chosen"), m_default, chosen);
    auto *late = new QHBoxLayout;
    late->addWidget(m_fallback);
    late->addStretch(1);
    row(tr("When it is late or &fails"), m_fallback, late);
    row(tr("&Budget of one timeline"), m_budgetTokens, budget);
    return common;
}

void GeneratorDialog::fill()
{
    for (int row = 0; row < int(m_profiles.size()); ++row) {
        m_list->addItem(QString());
        refreshRow(row);
    }
    refreshDefaults();
    m_fallback->setCurrentIndex(m_fallback->findData(int(Generators::fallback())));
    const GenerationBudget budget = Generators::budget();
    m_budgetTokens->setValue(double(budget.maximumTokens));
    m_budgetCost->setValue(budget.maximumCost);
    connect(m_default, &QComboBox::activated, this,
            [this] { m_defaultName = m_default->currentText(); });
    const auto at =
        std::find_if(m_profiles.begin(), m_profiles.end(), [this](const GeneratorProfile &profile) {
            return profile.name == m_defaultName;
        });
    m_list->setCurrentRow(at == m_profiles.end() ? 0 : int(at - m_profiles.begin()));
    m_list->setFocus();
}

bool GeneratorDialog::isBuiltIn(int row) const
{
    // Built-in ones come first, and in their order.
    return row < int(Generators::builtIn().size());
}

QStringList GeneratorDialog::namesBut(int row) const
{
    QStringList names;
    for (int other = 0; other < int(m_profiles.size()); ++other) {
        if (other != row) {
            names.append(m_profiles[other].name);
        }
    }
    return names;
}

QString GeneratorDialog::freeName(const QString &name) const
{
    const QStringList taken = namesBut(-1);
    QString free = name;
    for (int number = 2; taken.contains(free); ++number) {
        free = name + u' ' + QString::number(number);
    }
    return free;
}

void GeneratorDialog::showCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0) {
        return;
    }
    m_remove->setEnabled(!isBuiltIn(row));
    m_form->setProfile(m_profiles[row], isBuiltIn(row), namesBut(row));
}

void GeneratorDialog::takeForm()
{
    const int row = m_list->currentRow();
    if (row < 0) {
        return;
    }
    if (m_profiles[row].name == m_defaultName) {
        m_defaultName = m_form->profile().name;
    }
    m_profiles[row] = m_form->profile();
    refreshRow(row);
    refreshDefaults();
}

void GeneratorDialog::refreshRow(int row)
{
    const GeneratorProfile &profile = m_profiles[row];
    QListWidgetItem *item = m_list->item(row);
    const QString wrong = GeneratorForm::objection(profile, namesBut(row));
    item->setText(profile.name.isEmpty() ? tr("(no name)") : profile.name);
    item->setIcon(icon(!wrong.isEmpty()        ? Glyph::Error
                       : profile.usesNetwork() ? Glyph::Prompt
                                               : Glyph::Book));
    item->setToolTip(wrong);
    check();
}

void GeneratorDialog::refreshDefaults()
{
    const QSignalBlocker quiet(m_default);
    m_default->clear();
    for (const GeneratorProfile &profile : std::as_const(m_profiles)) {
        m_default->addItem(profile.name);
    }
    m_default->setCurrentText(m_defaultName);
}

void GeneratorDialog::add(const GeneratorProfile &profile)
{
    m_profiles.append(profile);
    m_list->addItem(QString());
    refreshRow(int(m_profiles.size()) - 1);
    refreshDefaults();
    m_list->setCurrentRow(int(m_profiles.size()) - 1);
    auto *name = m_form->findChild<QLineEdit *>(QStringLiteral("generatorName"));
    name->setFocus();
    name->selectAll();
}

void GeneratorDialog::remove()
{
    const int row = m_list->currentRow();
    if (row < 0 || isBuiltIn(row)) {
        return;
    }
    if (m_profiles[row].name == m_defaultName) {
        m_defaultName = Generators::builtIn().first().name;
    }
    // Else the next profile of that name would send it.
    if (m_profiles[row].usesNetwork()) {
        SecretStore().forget(Generators::secretName(m_profiles[row]), {});
    }
    m_profiles.removeAt(row);
    const QSignalBlocker quiet(m_list);
    delete m_list->takeItem(row);
    m_list->setCurrentRow(std::min(row, int(m_profiles.size()) - 1));
    refreshDefaults();
    showCurrent();
    check();
}

void GeneratorDialog::check()
{
    QString sentence;
    for (int row = 0; row < int(m_profiles.size()) && sentence.isEmpty(); ++row) {
        const QString wrong = GeneratorForm::objection(m_profiles[row], namesBut(row));
        if (!wrong.isEmpty()) {
            sentence = tr("“%1”: %2").arg(m_profiles[row].name, wrong);
        }
    }
    m_error->setText(sentence);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(sentence.isEmpty());
}

bool GeneratorDialog::isChanged() const
{
    const GenerationBudget budget = Generators::budget();
    return m_profiles != m_before || m_defaultName != Generators::defaultName() ||
           m_fallback->currentData().toInt() != int(Generators::fallback()) ||
           m_budgetTokens->value() != double(budget.maximumTokens) ||
           m_budgetCost->value() != budget.maximumCost;
}

void GeneratorDialog::accept()
{
    if (const Result<void> saved = Generators::save(m_profiles); !saved) {
        m_error->setText(saved.error().toString());
        return;
    }
    if (m_defaultName != Generators::defaultName()) {
        Generators::setDefaultName(m_defaultName);
    }
    Generators::setFallback(Fallback(m_fallback->currentData().toInt()));
    GenerationBudget budget;
    budget.maximumTokens = qint64(m_budgetTokens->value());
    budget.maximumCost = m_budgetCost->value();
    Generators::setBudget(budget);
    QDialog::accept();
}

void GeneratorDialog::reject()
{
    if (isChanged()) {
        QMessageBox box(QMessageBox::Question, windowTitle(), tr("Discard what you changed?"),
                        QMessageBox::Discard | QMessageBox::Cancel, this);
        box.setDefaultButton(QMessageBox::Cancel);
        if (box.exec() != QMessageBox::Discard) {
            return;
        }
    }
    QDialog::reject();
}
