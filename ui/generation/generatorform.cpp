// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the fields of all kinds of generators, and which of them each kind
// shows.
#include "ui/generation/generatorform.h"

#include "app/base/numbers.h"
#include "app/generation/generators.h"
#include "app/net/webaddress.h"
#include "ui/look/text.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/numberbox.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

using ProfileKind = GeneratorProfile::Kind;

namespace {

QString kindName(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Offline:
        return GeneratorForm::tr("Built in, without a model");
    case ProfileKind::OpenAi:
        return GeneratorForm::tr("OpenAI or compatible");
    case ProfileKind::Anthropic:
        return GeneratorForm::tr("Anthropic");
    case ProfileKind::Ollama:
        return GeneratorForm::tr("Ollama");
    case ProfileKind::Backend:
        break;
    }
    return GeneratorForm::tr("The incident API itself");
}

QString kindHelp(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Offline:
        return GeneratorForm::tr("Varies prepared kinds of trouble by the words of the prompt and "
                                 "the seed. It is not a model, needs no network, and costs "
                                 "nothing.");
    case ProfileKind::OpenAi:
        return GeneratorForm::tr("Chat Completions: OpenAI, Groq, vLLM, llama.cpp, LM Studio. "
                                 "The address ends in /v1.");
    case ProfileKind::Anthropic:
        return GeneratorForm::tr("Messages. The address is the bare origin.");
    case ProfileKind::Ollama:
        return GeneratorForm::tr("A model on this machine or another. The address is the bare "
                                 "origin; there is no key.");
    case ProfileKind::Backend:
        break;
    }
    return GeneratorForm::tr("Only the prompt is sent, and what comes of it is not seen before. "
                             "Nothing can be previewed or pinned.");
}

/** A price per million tokens; nothing where it is left out. */
std::optional<double> priceFrom(const QString &text, bool *isRead)
{
    const QString trimmed = text.trimmed();
    *isRead = true;
    if (trimmed.isEmpty()) {
        return {};
    }
    const std::optional<double> price = numberFromText(trimmed);
    *isRead = price && *price >= 0;
    return *isRead ? price : std::nullopt;
}

QString priceText(const std::optional<double> &price)
{
    return price ? numberText(*price) : QString();
}

QString baseObjection(const GeneratorProfile &profile)
{
    const QUrl &base = profile.base;
    if (base.isEmpty()) {
        return GeneratorForm::tr("Type the address of the endpoint.");
    }
    if (!base.isValid() || base.host().isEmpty() ||
        (base.scheme() != u"https" && base.scheme() != u"http")) {
        return GeneratorForm::tr("An address begins with https:// or http:// and names a host.");
    }
    if (!base.userInfo().isEmpty()) {
        return GeneratorForm::tr("A key belongs into its field, not into the address.");
    }
    if (base.scheme() == u"http" && profile.kind != ProfileKind::Ollama &&
        !isThisMachine(base.host()) && !profile.allowPlainHttp) {
        return GeneratorForm::tr("Over plain http anybody on the way can read the key. Use https, "
                                 "or allow it below.");
    }
    return {};
}

} // namespace

GeneratorForm::GeneratorForm(QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(metrics, 8));
    const auto newForm = [&] {
        auto *form = new QFormLayout;
        form->setHorizontalSpacing(scaledInt(metrics, 12));
        form->setVerticalSpacing(scaledInt(metrics, 6));
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        return form;
    };
    QFormLayout *head = newForm();
    makeWhere(head);
    column->addLayout(head);
    m_network = new QWidget(this);
    QFormLayout *form = newForm();
    form->setContentsMargins(0, 0, 0, 0);
    m_network->setLayout(form);
    m_base = new QLineEdit(m_network);
    m_base->setObjectName(QStringLiteral("generatorBase"));
    m_baseError = addRow(form, tr("Add&ress"), m_base);
    m_model = new QLineEdit(m_network);
    m_model->setObjectName(QStringLiteral("generatorModel"));
    m_modelError = addRow(form, tr("&Model"), m_model);
    makeKey(form);
    makeLimits(form);
    column->addWidget(m_network);
    column->addStretch(1);
    for (QLineEdit *line : {m_name, m_base, m_model, m_promptPrice, m_completionPrice}) {
        connect(line, &QLineEdit::textChanged, this, &GeneratorForm::take);
    }
    for (NumberBox *box : {m_tokens, m_deadline, m_perMinute, m_parallel, m_temperature}) {
        connect(box, &NumberBox::edited, this, &GeneratorForm::take);
    }
    for (QCheckBox *box : {m_plainHttp, m_hasTemperature}) {
        connect(box, &QCheckBox::toggled, this, &GeneratorForm::take);
    }
    connect(m_kind, &QComboBox::activated, this, &GeneratorForm::take);
}

QLabel *GeneratorForm::addRow(QFormLayout *form, const QString &label, QWidget *field)
{
    const QFontMetricsF metrics(font());
    auto *both = new QWidget(this);
    auto *stack = new QVBoxLayout(both);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(scaledInt(metrics, 2));
    stack->addWidget(field);
    auto *error = new QLabel(this);
    error->setObjectName(field->objectName() + u"Error");
    error->setWordWrap(true);
    error->setTextFormat(Qt::PlainText);
    error->hide();
    stack->addWidget(error);
    field->setMinimumHeight(scaledInt(metrics, 28));
    auto *name = new QLabel(label, this);
    name->setBuddy(field);
    name->setMinimumHeight(scaledInt(metrics, 28));
    name->setMinimumWidth(scaledInt(metrics, 106)); // the fields of both forms begin alike
    form->addRow(name, both);
    return error;
}

void GeneratorForm::makeWhere(QFormLayout *form)
{
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("generatorName"));
    m_nameError = addRow(form, tr("&Name"), m_name);
    m_kind = new QComboBox(this);
    m_kind->setObjectName(QStringLiteral("generatorKind"));
    for (const ProfileKind kind : {ProfileKind::OpenAi, ProfileKind::Anthropic, ProfileKind::Ollama,
                                   ProfileKind::Offline, ProfileKind::Backend}) {
        m_kind->addItem(kindName(kind), int(kind));
    }
    m_what = addRow(form, tr("&ProfileKind"), m_kind);
}

void GeneratorForm::makeKey(QFormLayout *form)
{
    const QFontMetricsF metrics(font());
    m_key = new QLineEdit(m_network);
    m_key->setObjectName(QStringLiteral("generatorKey"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(tr("A new key; one that is kept is never shown"));
    m_keyPlace = addRow(form, tr("Ke&y"), m_key);
    m_toKeychain = new QPushButton(tr("Save in the keyc&hain"), m_network);
    m_toKeychain->setObjectName(QStringLiteral("keyToKeychain"));
    m_forSession = new QPushButton(tr("Use until the en&d"), m_network);
    m_forSession->setObjectName(QStringLiteral("keyForSession"));
    m_forSession->setToolTip(tr("Kept in memory until the program ends"));
    m_forget = new QPushButton(tr("For&get"), m_network);
    m_forget->setObjectName(QStringLiteral("forgetKey"));
    auto *row = new QHBoxLayout;
    row->setSpacing(scaledInt(metrics, 8));
    for (QPushButton *button : {m_toKeychain, m_forSession, m_forget}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    form->addRow(QString(), row);
    m_plainHttp =
        new QCheckBox(tr("Let the key cross the network in the clear (plain htt&p)"), m_network);
    m_plainHttp->setObjectName(QStringLiteral("generatorPlainHttp"));
    form->addRow(QString(), m_plainHttp);
    connect(m_key, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_toKeychain->setEnabled(!text.isEmpty());
        m_forSession->setEnabled(!text.isEmpty());
        if (!text.isEmpty()) {
            say(m_keyPlace, tr("Not kept yet: choose where, or it is gone with this window."),
                true);
        }
    });
    connect(m_toKeychain, &QPushButton::clicked, this, [this] { keepKey(KeyPlace::Keychain); });
    connect(m_forSession, &QPushButton::clicked, this, [this] { keepKey(KeyPlace::Session); });
    connect(m_forget, &QPushButton::clicked, this, &GeneratorForm::forgetKey);
}

void GeneratorForm::makeLimits(QFormLayout *form)
{
    const QFontMetricsF metrics(font());
    const auto spin = [this](const char *name, const QString &accessible, int least, int most,
                             const QString &suffix) {
        auto *box = new NumberBox(m_network);
        box->setWhole(true);
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(accessible);
        box->setRange(least, most);
        box->setSuffix(suffix);
        return box;
    };
    const auto beside = [&](std::initializer_list<QWidget *> widgets) {
        auto *both = new QWidget(m_network);
        auto *row = new QHBoxLayout(both);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(scaledInt(metrics, 8));
        for (QWidget *widget : widgets) {
            widget->setMinimumHeight(scaledInt(metrics, 28));
            row->addWidget(widget);
        }
        row->addStretch(1);
        both->setFocusProxy(*widgets.begin());
        return both;
    };
    m_tokens = spin("generatorTokens", tr("Longest answer"), 100, 100000, tr(" tokens"));
    m_tokens->setStep(100);
    m_hasTemperature = new QCheckBox(tr("&Temperature"), m_network);
    m_hasTemperature->setToolTip(
        tr("Left out of requests unless it is set: some models refuse it"));
    m_temperature = new NumberBox(m_network);
    m_temperature->setObjectName(QStringLiteral("generatorTemperature"));
    m_temperature->setAccessibleName(tr("Temperature"));
    m_temperature->setRange(0, 2);
    m_temperature->setStep(0.1);
    form->addRow(tr("&Longest answer"), beside({m_tokens, m_hasTemperature, m_temperature}));
    m_deadline = spin("generatorDeadline", tr("Deadline"), 1, 3600, tr(" s"));
    m_deadline->setWhole(false);
    m_perMinute = spin("generatorPerMinute", tr("Requests a minute"), 0, 100000, tr(" a minute"));
    m_perMinute->setLeastText(tr("no limit known"));
    m_parallel = spin("generatorParallel", tr("At a time"), 1, 16, tr(" at a time"));
    form->addRow(tr("D&eadline"), beside({m_deadline, m_perMinute, m_parallel}));
    m_promptPrice = new QLineEdit(m_network);
    m_promptPrice->setObjectName(QStringLiteral("promptPrice"));
    m_completionPrice = new QLineEdit(m_network);
    m_completionPrice->setObjectName(QStringLiteral("completionPrice"));
    for (const auto &[line, name] :
         {std::pair(m_promptPrice, tr("Price of a million tokens in")),
          std::pair(m_completionPrice, tr("Price of a million tokens out"))}) {
        line->setAccessibleName(name);
        line->setToolTip(name);
        line->setPlaceholderText(tr("unknown"));
        line->setMaximumWidth(scaledInt(metrics, 90));
    }
    auto *out = new QLabel(tr("in,"), m_network);
    auto *unit = new QLabel(tr("out, for a million tokens"), m_network);
    m_priceError =
        addRow(form, tr("Pr&ices"), beside({m_promptPrice, out, m_completionPrice, unit}));

    m_testButton = new QPushButton(tr("Test &connection"), m_network);
    m_testButton->setObjectName(QStringLiteral("testConnection"));
    m_testButton->setAutoDefault(false);
    m_testProgress = new QProgressBar(m_network);
    m_testProgress->setRange(0, 0);
    m_testProgress->setTextVisible(false);
    m_testProgress->setAccessibleName(tr("The connection is being tested"));
    m_testProgress->setFixedHeight(scaledInt(metrics, 6));
    m_testProgress->hide();
    m_testResult = new QLabel(m_network);
    m_testResult->setObjectName(QStringLiteral("testResult"));
    m_testResult->setWordWrap(true);
    m_testResult->setTextFormat(Qt::PlainText);
    m_testResult->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_testResult->setMinimumHeight(scaledInt(metrics, 38));
    auto *words = new QVBoxLayout;
    words->addWidget(m_testProgress);
    words->addWidget(m_testResult);
    auto *test = new QHBoxLayout;
    test->setSpacing(scaledInt(metrics, 8));
    test->addWidget(m_testButton, 0, Qt::AlignTop);
    test->addLayout(words, 1);
    form->addRow(test);
    connect(m_testButton, &QPushButton::clicked, this, &GeneratorForm::test);
}

void GeneratorForm::setProfile(const GeneratorProfile &profile, bool isBuiltIn,
                               const QStringList &taken)
{
    endTest({}, true);
    m_isShowing = true;
    m_profile = profile;
    m_before = profile;
    m_taken = taken;
    m_isBuiltIn = isBuiltIn;
    m_name->setText(profile.name);
    m_name->setReadOnly(isBuiltIn);
    m_kind->setCurrentIndex(m_kind->findData(int(profile.kind)));
    m_kind->setEnabled(!isBuiltIn);
    m_base->setText(profile.base.toString());
    m_model->setText(profile.model);
    m_key->clear();
    m_plainHttp->setChecked(profile.allowPlainHttp);
    m_tokens->setValue(profile.maximumTokens);
    m_hasTemperature->setChecked(profile.temperature.has_value());
    m_temperature->setValue(profile.temperature.value_or(0.7));
    m_deadline->setValue(double(profile.deadline.count()) / 1000);
    m_perMinute->setValue(profile.requestsPerMinute);
    m_parallel->setValue(profile.parallel);
    m_promptPrice->setText(priceText(profile.promptPrice));
    m_completionPrice->setText(priceText(profile.completionPrice));
    m_isShowing = false;
    showKeyPlace();
    check();
}

GeneratorProfile GeneratorForm::profile() const
{
    return m_profile;
}

void GeneratorForm::take()
{
    if (m_isShowing) {
        return;
    }
    QString base = m_base->text().trimmed();
    while (base.endsWith(u'/')) {
        base.chop(1);
    }
    const ProfileKind before = m_profile.kind;
    m_profile.kind = ProfileKind(m_kind->currentData().toInt());
    m_profile.name = m_name->text().trimmed();
    m_profile.base = QUrl(base, QUrl::StrictMode);
    m_profile.model = m_model->text().trimmed();
    m_profile.allowPlainHttp = m_plainHttp->isChecked();
    m_profile.maximumTokens = m_tokens->wholeValue();
    m_profile.temperature = m_hasTemperature->isChecked()
                                ? std::optional<double>(m_temperature->value())
                                : std::nullopt;
    m_profile.deadline = std::chrono::milliseconds(std::llround(m_deadline->value() * 1000));
    m_profile.requestsPerMinute = m_perMinute->wholeValue();
    m_profile.parallel = m_parallel->wholeValue();
    bool isRead = false;
    const std::optional<double> in = priceFrom(m_promptPrice->text(), &isRead);
    m_profile.promptPrice = isRead ? in : m_before.promptPrice;
    const std::optional<double> out = priceFrom(m_completionPrice->text(), &isRead);
    m_profile.completionPrice = isRead ? out : m_before.completionPrice;
    if (m_profile.kind != before && m_profile.base.isEmpty()) {
        const QList<GeneratorProfile> known = Generators::builtIn();
        for (const GeneratorProfile &other : known) {
            if (other.kind == m_profile.kind) {
                m_base->setText(other.base.toString());
            }
        }
    }
    check();
    Q_EMIT edited();
}

QString GeneratorForm::objection(const GeneratorProfile &profile, const QStringList &taken)
{
    if (profile.name.isEmpty()) {
        return tr("A generator needs a name.");
    }
    if (taken.contains(profile.name)) {
        return tr("There is another one of this name.");
    }
    return profile.usesNetwork() ? baseObjection(profile) : QString();
}

void GeneratorForm::check()
{
    const bool usesNetwork = m_profile.usesNetwork();
    m_network->setVisible(usesNetwork);
    const bool isOverruled = Generators::withEnvironment(m_profile) != m_profile;
    say(m_what,
        isOverruled ? tr("TIMELINE_LLM_URL and TIMELINE_LLM_MODEL of the environment come before "
                         "what stands here.")
                    : kindHelp(m_profile.kind),
        true);
    const bool isNameBad = m_profile.name.isEmpty() || m_taken.contains(m_profile.name);
    say(m_nameError, isNameBad ? objection(m_profile, m_taken) : QString(), false);
    say(m_baseError, usesNetwork ? baseObjection(m_profile) : QString(), false);
    say(m_modelError,
        usesNetwork && m_profile.model.isEmpty()
            ? tr("Without a model nothing can be asked; type its name as the provider spells it.")
            : QString(),
        false);
    bool isInRead = false;
    bool isOutRead = false;
    priceFrom(m_promptPrice->text(), &isInRead);
    priceFrom(m_completionPrice->text(), &isOutRead);
    markRefused(m_promptPrice, !isInRead);
    markRefused(m_completionPrice, !isOutRead);
    say(m_priceError,
        isInRead && isOutRead
            ? QString()
            : tr("A price is a number, 0 or more, such as 0.15; the one before is kept."),
        false);
    m_temperature->setEnabled(m_hasTemperature->isChecked());
    m_testButton->setEnabled(m_test || (usesNetwork && !m_profile.model.isEmpty() &&
                                        objection(m_profile, m_taken).isEmpty()));
}

void GeneratorForm::say(QLabel *label, const QString &sentence, bool isGood)
{
    setInk(label, isGood ? &Theme::secondary : &Theme::error);
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
}

void GeneratorForm::showKeyPlace(const QString &trouble)
{
    const bool isTyped = !m_key->text().isEmpty();
    m_toKeychain->setEnabled(isTyped);
    m_forSession->setEnabled(isTyped);
    m_keyAsked.reset();
    if (!m_profile.usesNetwork()) {
        return;
    }
    m_forget->setEnabled(false);
    say(m_keyPlace,
        isTyped ? tr("Not kept yet: choose where, or it is gone with this window.")
                : tr("Asking the keychain…"),
        true);
    m_keyAsked = std::make_unique<QObject>();
    SecretStore().whereIs(
        Generators::secretName(m_profile),
        {m_keyAsked.get(), [this, trouble](const SecretStore::Standing &standing) {
             m_forget->setEnabled(standing.place == SecretStore::Place::Keychain ||
                                  standing.place == SecretStore::Place::Session);
             if (m_key->text().isEmpty()) {
                 say(m_keyPlace, trouble.isEmpty() ? standing.sentence : trouble,
                     trouble.isEmpty());
             }
         }});
}

void GeneratorForm::showKeyResult(const SecretStore::Name &name, const Result<void> &done)
{
    const bool isInSight = Generators::secretName(m_profile).keychainEntry == name.keychainEntry;
    showKeyPlace(done || !isInSight ? QString() : done.error().message);
}

void GeneratorForm::keepKey(KeyPlace place)
{
    const SecretStore::Name name = Generators::secretName(m_profile);
    const QByteArray key = m_key->text().trimmed().toUtf8();
    m_key->clear();
    if (place == KeyPlace::Session) {
        SecretStore().keepForSession(name, key);
        showKeyPlace();
        return;
    }
    m_keyAsked.reset();
    say(m_keyPlace, tr("Asking the keychain…"), true);
    SecretStore().write(
        name, key, {this, [this, name](const Result<void> &kept) { showKeyResult(name, kept); }});
}

void GeneratorForm::forgetKey()
{
    m_keyAsked.reset();
    m_forget->setEnabled(false);
    const SecretStore::Name name = Generators::secretName(m_profile);
    SecretStore().forget(name, {this, [this, name](const Result<void> &forgotten) {
                                    showKeyResult(name, forgotten);
                                }});
}

void GeneratorForm::test()
{
    if (m_test) {
        endTest(tr("The test was cancelled."), true);
        return;
    }
    const GeneratorProfile wanted = Generators::withEnvironment(m_profile);
    m_test = new QObject(this);
    m_testButton->setText(tr("Cancel the test"));
    m_testProgress->show();
    say(m_testResult, tr("Asking %1…").arg(webPlace(wanted.base)), true);
    const auto ask = [this, wanted](const QByteArray &key) {
        if (!m_test) {
            return; // it was ended while the key was read
        }
        GeneratorProfile tried = wanted;
        tried.key = key;
        m_tester(tried, {m_test, [this](const ConnectionReport &report) {
                             endTest(report.sentence, report.works);
                         }});
    };
    if (m_key->text().isEmpty()) {
        Generators::readKey(wanted, {m_test, ask});
    } else {
        ask(m_key->text().trimmed().toUtf8());
    }
}

void GeneratorForm::endTest(const QString &sentence, bool isGood)
{
    if (m_test) {
        m_test->deleteLater();
        m_test = nullptr;
    }
    m_testButton->setText(tr("Test &connection"));
    m_testProgress->hide();
    say(m_testResult, sentence, isGood);
    m_testResult->setVisible(true);
    check();
}
