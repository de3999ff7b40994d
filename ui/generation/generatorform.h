// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/generation/llmgenerator.h"
#include "app/settings/secretstore.h"

#include <QWidget>
#include <functional>

class NumberBox;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

/** One generator profile: where it is, what it may take and cost, and where its key lives. */
class GeneratorForm : public QWidget
{
    Q_OBJECT

public:
    /** Tries an endpoint, and answers once. */
    using Tester =
        std::function<void(const GeneratorProfile &, const Continuation<ConnectionReport> &)>;

    explicit GeneratorForm(QWidget *parent = nullptr);

    void setTester(const Tester &tester) { m_tester = tester; }
    /** `taken` are the names of all others. A built-in one keeps its name and kind. */
    void setProfile(const GeneratorProfile &profile, bool isBuiltIn, const QStringList &taken);
    /** As it stands in the fields. */
    GeneratorProfile profile() const;
    /** Empty where the profile can be used; else what is wrong with it. */
    static QString objection(const GeneratorProfile &profile, const QStringList &taken);

Q_SIGNALS:
    void edited();

private:
    void makeWhere(QFormLayout *form);
    void makeKey(QFormLayout *form);
    void makeLimits(QFormLayout *form);
    QLabel *addRow(QFormLayout *form, const QString &label, QWidget *field);
    void take();
    void check();
    /** `trouble`: what a change of the key has met, said instead of the place. */
    void showKeyPlace(const QString &trouble = {});
    /** Shows what came of keeping or forgetting that key, if it is still the one in sight. */
    void showKeyResult(const SecretStore::Name &name, const Result<void> &done);
    enum class KeyPlace { Keychain, Session };
    void keepKey(KeyPlace place);
    void forgetKey();
    void test();
    void endTest(const QString &sentence, bool isGood);
    void say(QLabel *label, const QString &sentence, bool isGood);

    Tester m_tester;
    GeneratorProfile m_profile;
    GeneratorProfile m_before; ///< as it was shown; its prices stay if others cannot be read
    QStringList m_taken;
    bool m_isBuiltIn = false;
    bool m_isShowing = false;
    QObject *m_test = nullptr;           ///< its end cancels the test
    std::unique_ptr<QObject> m_keyAsked; ///< the last question about the place of the key

    QLineEdit *m_name = nullptr;
    QLabel *m_nameError = nullptr;
    QComboBox *m_kind = nullptr;
    QLabel *m_what = nullptr;
    QWidget *m_network = nullptr;
    QLineEdit *m_base = nullptr;
    QLabel *m_baseError = nullptr;
    QLineEdit *m_model = nullptr;
    QLabel *m_modelError = nullptr;
    QLineEdit *m_key = nullptr;
    QPushButton *m_toKeychain = nullptr;
    QPushButton *m_forSession = nullptr;
    QPushButton *m_forget = nullptr;
    QLabel *m_keyPlace = nullptr;
    QCheckBox *m_plainHttp = nullptr;
    NumberBox *m_tokens = nullptr;
    QCheckBox *m_hasTemperature = nullptr;
    NumberBox *m_temperature = nullptr;
    NumberBox *m_deadline = nullptr;
    NumberBox *m_perMinute = nullptr;
    NumberBox *m_parallel = nullptr;
    QLineEdit *m_promptPrice = nullptr;
    QLineEdit *m_completionPrice = nullptr;
    QLabel *m_priceError = nullptr;
    QPushButton *m_testButton = nullptr;
    QProgressBar *m_testProgress = nullptr;
    QLabel *m_testResult = nullptr;
};
