// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/targetdialog.h"

#include "app/base/numbers.h"
#include "app/net/webaddress.h"
#include "app/settings/incidentaddress.h"
#include "ui/look/text.h"
#include "ui/widgets/livelook.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <utility>

TargetDialog::TargetDialog(const Target &target, QWidget *parent)
    : QDialog(parent)
    , m_given(target.key)
    , m_sandbox(new QRadioButton(tr("&Sandbox inside this program"), this))
    , m_other(new QRadioButton(tr("&Incident API"), this))
    , m_url(new QLineEdit(this))
    , m_key(new QLineEdit(this))
    , m_page(new QLineEdit(this))
    , m_keyPlace(new QLabel(this))
    , m_toKeychain(new QPushButton(tr("Save in the keyc&hain"), this))
    , m_forget(new QPushButton(tr("&Forget the key"), this))
    , m_plainHttp(
          new QCheckBox(tr("Let the key cross the network in the clear (p&lain http)"), this))
    , m_preferQuick(new QCheckBox(tr("Send predefined scenarios with their &metrics "
                                     "(quick-incident)"),
                                  this))
    , m_test(new QPushButton(tr("&Test"), this))
    , m_result(new QLabel(this))
{
    setWindowTitle(tr("Target"));
    const QFontMetricsF metrics(font());
    m_url->setPlaceholderText(QStringLiteral("http://localhost:8000/api/v1"));
    m_url->setMinimumWidth(scaledInt(metrics, 340));
    m_key->setEchoMode(QLineEdit::Password);
    m_keyPlace->setWordWrap(true);
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setMinimumHeight(scaledInt(metrics, 36));

    (target.isSandbox ? m_sandbox : m_other)->setChecked(true);
    if (!target.isSandbox) {
        m_url->setText(target.base.toString());
    } else {
        m_url->setText(qEnvironmentVariable("TIMELINE_API_URL"));
    }
    m_plainHttp->setChecked(target.allowPlainHttp);
    m_preferQuick->setChecked(target.preferQuickIncident);

    auto *form = new QFormLayout;
    form->setContentsMargins(scaledInt(metrics, 24), 0, 0, 0);
    auto *url = new QLabel(tr("&Address"), this);
    url->setBuddy(m_url);
    form->addRow(url, m_url);
    auto *key = new QLabel(tr("&Key"), this);
    key->setBuddy(m_key);
    form->addRow(key, m_key);
    form->addRow(QString(), m_keyPlace);
    m_toKeychain->setObjectName(QStringLiteral("keyToKeychain"));
    m_toKeychain->setToolTip(tr("For the next starts of the program, too"));
    m_forget->setObjectName(QStringLiteral("forgetKey"));
    auto *places = new QHBoxLayout;
    for (QPushButton *button : {m_toKeychain, m_forget}) {
        button->setAutoDefault(false);
        places->addWidget(button);
    }
    places->addStretch(1);
    form->addRow(QString(), places);
    form->addRow(QString(), m_plainHttp);
    auto *page = new QLabel(tr("Incident &page"), this);
    page->setBuddy(m_page);
    m_page->setObjectName(QStringLiteral("incidentPage"));
    m_page->setPlaceholderText(tr("None, or %1").arg(QLatin1String(IncidentAddress::Example)));
    m_page->setToolTip(tr("Opened in the browser for an incident; {id} stands for its id"));
    form->addRow(page, m_page);

    auto *test = new QHBoxLayout;
    test->addWidget(m_test, 0, Qt::AlignTop);
    test->addWidget(m_result, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    m_accept->setText(tr("&Use this target"));
    m_accept->setDefault(true);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 8));
    column->addWidget(m_sandbox);
    column->addWidget(m_other);
    column->addLayout(form);
    column->addWidget(m_preferQuick);
    column->addLayout(test);
    column->addStretch();
    column->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_sandbox, &QRadioButton::toggled, this, &TargetDialog::updateFields);
    connect(m_url, &QLineEdit::textChanged, this, [this] {
        // Another target has other pages, unless the user has typed them here.
        if (!m_page->isModified()) {
            m_page->setText(IncidentAddress::address(this->target().base.toString()));
        }
    });
    connect(m_url, &QLineEdit::textChanged, this, &TargetDialog::updateFields);
    connect(m_key, &QLineEdit::textChanged, this, &TargetDialog::updateFields);
    connect(m_plainHttp, &QCheckBox::toggled, this, &TargetDialog::updateFields);
    connect(m_page, &QLineEdit::textChanged, this, &TargetDialog::updateFields);
    connect(m_toKeychain, &QPushButton::clicked, this, &TargetDialog::keepKey);
    connect(m_forget, &QPushButton::clicked, this, &TargetDialog::forgetKey);
    connect(m_test, &QPushButton::clicked, this, [this] {
        say(tr("Asking…"), true);
        Q_EMIT checkRequested(this->target());
    });
    updateFields();
    readStored();
}

Target TargetDialog::target() const
{
    Target target;
    target.isSandbox = m_sandbox->isChecked();
    target.preferQuickIncident = m_preferQuick->isChecked();
    if (target.isSandbox) {
        return target;
    }
    target.base = parseTargetUrl(m_url->text()).value_or(QUrl());
    target.key = !m_key->text().isEmpty() ? m_key->text().toUtf8()
                 : m_stored               ? m_stored->value
                                          : m_given;
    target.allowPlainHttp = m_plainHttp->isChecked();
    return target;
}

void TargetDialog::setIncidentPage(const QString &page)
{
    m_page->setText(page);
}

QString TargetDialog::incidentPage() const
{
    return m_page->text().trimmed();
}

QString TargetDialog::objection() const
{
    const Target chosen = target();
    if (chosen.isSandbox) {
        return {};
    }
    if (!incidentPage().isEmpty() && !IncidentAddress::isAddress(incidentPage())) {
        return tr("The incident page is a web address with {id} where the incident's id goes.");
    }
    if (m_url->text().trimmed().isEmpty()) {
        return tr("Type the address of the API, with /api/v1.");
    }
    if (const Result<QUrl> url = parseTargetUrl(m_url->text()); !url) {
        return url.error().message;
    }
    // Until the keychain has answered, there may be one.
    const bool mayHaveKey = !chosen.key.isEmpty() || !m_stored;
    if (chosen.base.scheme() == u"http" && !isThisMachine(chosen.base.host()) && mayHaveKey &&
        !chosen.allowPlainHttp) {
        return tr("Over plain http anybody on the way can read the key. Use https, or allow it "
                  "above.");
    }
    return {};
}

void TargetDialog::updateFields()
{
    const bool other = m_other->isChecked();
    for (QWidget *field : {static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_key),
                           static_cast<QWidget *>(m_plainHttp), static_cast<QWidget *>(m_page)}) {
        field->setEnabled(other);
    }
    const SecretStore::Place place = m_stored ? m_stored->place : SecretStore::Place::Nowhere;
    m_toKeychain->setEnabled(other && m_stored && !m_key->text().isEmpty());
    m_forget->setEnabled(
        other && (place == SecretStore::Place::Keychain || place == SecretStore::Place::Session));
    if (!m_stored) {
        m_keyPlace->setText(tr("Asking the keychain…"));
    } else if (!m_key->text().isEmpty()) {
        m_keyPlace->setText(tr("Kept in memory until the program ends."));
    } else if (place != SecretStore::Place::Nowhere) {
        m_keyPlace->setText(SecretStore::sentenceFor(place, SecretStore::apiKey()));
    } else {
        m_keyPlace->setText(
            tr("No key. One that you type is kept in memory until the program ends."));
    }
    setInk(m_keyPlace, &Theme::secondary);
    const QString sentence = objection();
    m_accept->setEnabled(sentence.isEmpty());
    m_test->setEnabled(sentence.isEmpty());
    say(sentence, false);
}

void TargetDialog::readStored(const QString &trouble)
{
    SecretStore().read(SecretStore::apiKey(),
                       {this, [this, trouble](const SecretStore::Secret &stored) {
                            m_stored.emplace(stored);
                            // What was given is the user's own unless it is the stored one.
                            const QByteArray given = std::exchange(m_given, {});
                            if (m_key->text().isEmpty() && given != stored.value) {
                                m_key->setText(QString::fromUtf8(given));
                            }
                            updateFields();
                            if (!trouble.isEmpty()) {
                                say(trouble, false);
                            }
                        }});
}

void TargetDialog::keepKey()
{
    m_given = m_key->text().trimmed().toUtf8(); // until it is known where it is
    m_stored.reset();
    updateFields();
    SecretStore().write(SecretStore::apiKey(), m_given,
                        {this, [this](const Result<void> &kept) {
                             m_given.clear();
                             m_key->clear();
                             readStored(kept ? QString() : kept.error().message);
                         }});
}

void TargetDialog::forgetKey()
{
    m_stored.reset();
    updateFields();
    SecretStore().forget(SecretStore::apiKey(),
                         {this, [this](const Result<void> &forgotten) {
                              readStored(forgotten ? QString() : forgotten.error().message);
                          }});
}

void TargetDialog::say(const QString &sentence, bool good)
{
    setInk(m_result, good ? &Theme::text : &Theme::warning);
    m_result->setText(sentence);
}

void TargetDialog::showHealth(const HealthReport &health, int scenarios)
{
    if (!health.mayStart()) {
        const QString why =
            health.error.isEmpty() ? tr("The target does not answer.") : health.error;
        say(tr("A run would not start. %1").arg(why), false);
        return;
    }
    if (!health.healthy) {
        say(health.healthError, false);
        return;
    }
    QString text = tr("It answers in %1").arg(latencyText(health.roundTrip));
    if (!health.version.isEmpty()) {
        text += tr(", version %1").arg(health.version);
    }
    text += target().key.isEmpty() ? tr(", and asks for no key") : tr(", and takes the key");
    if (scenarios > 0) {
        text +=
            tr("; it knows %1").arg(countedText(scenarios, tr("1 scenario"), tr("%1 scenarios")));
    }
    const bool isProduction = health.environment == u"production";
    if (isProduction) {
        text += tr(". It is in production mode, in which it refuses every incident with metrics");
    }
    say(text + u'.', !isProduction);
}

void TargetDialog::showCheckFailed(const Error &error)
{
    say(error.toString(), false);
}
