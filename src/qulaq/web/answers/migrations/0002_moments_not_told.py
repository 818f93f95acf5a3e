from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="response",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
    ]
